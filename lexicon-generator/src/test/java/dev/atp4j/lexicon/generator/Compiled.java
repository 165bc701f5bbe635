// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Sources that were compiled, with all that the compiler has to say against them. */
record Compiled(Path classes, List<String> complaints) {

    /** Compiles all sources of a folder as strictly as the project compiles its own. */
    static Compiled of(Path sources, Path classes, Path... classPath) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (Stream<Path> files = Files.walk(sources);
                StandardJavaFileManager manager = compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            Files.createDirectories(classes);
            StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
            for (Path entry : classPath) {
                path.append(System.getProperty("path.separator")).append(entry);
            }
            List<String> options = List.of(
                    "-d",
                    classes.toString(),
                    "-cp",
                    path.toString(),
                    "--release",
                    "17",
                    "-proc:none",
                    "-Xlint:all,-path,-processing,-serial",
                    "-Xdoclint:all/protected");
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            compiler.getTask(null, manager, diagnostics, options, null, manager.getJavaFileObjectsFromPaths(java))
                    .call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> complaints = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> found : diagnostics.getDiagnostics()) {
            complaints.add(found.toString());
        }
        return new Compiled(classes, complaints);
    }

    ClassLoader loader() {
        try {
            return new URLClassLoader(new URL[] {classes.toUri().toURL()}, Compiled.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
