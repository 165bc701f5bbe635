// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.maven;

import dev.atp4j.lexicon.LexiconException;
import dev.atp4j.lexicon.LexiconReader;
import dev.atp4j.lexicon.Lexicons;
import dev.atp4j.lexicon.check.Finding;
import dev.atp4j.lexicon.check.Finding.Severity;
import dev.atp4j.lexicon.check.LexiconLint;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/** Looks for what is wrong in the lexicons of a project, and for what is legal and will be regretted. */
@Mojo(
        name = "lint",
        defaultPhase = LifecyclePhase.VERIFY,
        requiresDependencyResolution = ResolutionScope.COMPILE,
        threadSafe = true)
public final class LintMojo extends LexiconMojo {

    /** Rules whose findings are not reported. */
    @Parameter
    @Nullable
    List<String> ignore;

    /** How bad a finding must be to fail the build: ERROR, WARNING or NOTE. */
    @Parameter(property = "lexicon.failOn", defaultValue = "ERROR", required = true)
    Severity failOn;

    /** Creates the goal, which Maven then configures. */
    public LintMojo() {}

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        List<Finding> findings = findings();
        findings.forEach(finding -> {
            switch (finding.severity()) {
                case ERROR -> getLog().error(finding.toString());
                case WARNING -> getLog().warn(finding.toString());
                case NOTE -> getLog().info(finding.toString());
            }
        });
        long bad = findings.stream()
                .filter(finding -> finding.severity().compareTo(failOn) <= 0)
                .count();
        if (bad > 0) {
            throw new MojoFailureException("The lexicons in " + sources + " have " + bad
                    + (bad == 1 ? " finding" : " findings") + " that should be looked at; they are listed above");
        }
    }

    private List<Finding> findings() throws MojoExecutionException, MojoFailureException {
        List<LexiconReader.Reading> readings = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        Set<String> own = new HashSet<>();
        try (URLClassLoader libraries = new URLClassLoader(urls(), null)) {
            for (Path file : files()) {
                String name = folder().relativize(file).toString().replace('\\', '/');
                own.add(name);
                try {
                    var reading = LexiconReader.parseLenient(Files.readAllBytes(file), name);
                    own.add(reading.doc().id().value());
                    readings.add(reading);
                    findings.addAll(LexiconLint.checkPath(reading.doc().id(), name));
                } catch (LexiconException e) {
                    e.problems().forEach(problem -> findings.add(LexiconLint.finding(problem)));
                }
            }
            Lexicons others = Lexicons.onClassPath(libraries);
            others.names()
                    .forEach(id ->
                            others.find(id).ifPresent(doc -> readings.add(new LexiconReader.Reading(doc, List.of()))));
            findings.addAll(LexiconLint.check(readings));
        } catch (IOException e) {
            throw new MojoExecutionException("Lexicons could not be read: " + e.getMessage(), e);
        }
        findings.removeIf(
                finding -> !own.contains(finding.document()) || ignore != null && ignore.contains(finding.rule()));
        return findings;
    }

    private List<Path> files() throws IOException, MojoFailureException {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private URL[] urls() throws IOException, MojoExecutionException {
        List<URL> urls = new ArrayList<>();
        for (Path path : classPath()) {
            urls.add(path.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
