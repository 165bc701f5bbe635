// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** How workers are started: small JVMs that find their classes in an archive, so that a start costs little. */
final class Launch {

    private static final String LOG = System.getProperty("atp4j.processes.log");

    private final String classPath;
    private final @Nullable Path archive;

    private Launch(String classPath, @Nullable Path archive) {
        this.classPath = classPath;
        this.archive = archive;
    }

    /** Makes ready to start workers without an archive. */
    static Launch from(Path folder) {
        try {
            return new Launch(jars(folder), null);
        } catch (IOException e) {
            throw new UncheckedIOException("the class path of workers could not be made", e);
        }
    }

    /** Archives are made of jars only, so folders of classes are packed into some. */
    private static String jars(Path folder) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                Path jar = folder.resolve("classes-" + jars.size() + ".jar");
                pack(path, jar);
                jars.add(jar.toString());
            } else {
                jars.add(entry);
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
    }

    /** Returns the way to start a worker that writes an archive of what it has used, when it ends by itself. */
    ProcessBuilder rehearsal(Path archive, List<String> options) {
        return command(
                List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"), options);
    }

    /** Returns the same with an archive, if one could be made. */
    Launch with(Path archive) {
        return Files.exists(archive) ? new Launch(classPath, archive) : this;
    }

    /** Returns the way to start a worker. */
    ProcessBuilder worker(List<String> options) {
        return command(archive == null ? List.of() : List.of("-XX:SharedArchiveFile=" + archive), options);
    }

    private ProcessBuilder command(List<String> flags, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Xmx128m",
                "-Xss512k"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, Worker.class.getName()));
        command.addAll(options);
        var redirect = LOG == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.appendTo(new File(LOG));
        return new ProcessBuilder(command).redirectError(redirect);
    }
}
