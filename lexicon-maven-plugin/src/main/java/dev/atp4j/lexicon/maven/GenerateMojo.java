// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.maven;

import dev.atp4j.lexicon.generator.Generator;
import dev.atp4j.lexicon.generator.GeneratorException;
import dev.atp4j.lexicon.generator.Report;
import java.io.File;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Writes Java for the lexicons of a project, and puts the lexicons themselves with an index into its jar. What its
 * dependencies have classes for, such as all of com.atproto, is referred to and not generated again.
 *
 * <p>If nothing has changed since the last build, nothing is done.
 */
@Mojo(
        name = "generate",
        defaultPhase = LifecyclePhase.GENERATE_SOURCES,
        requiresDependencyResolution = ResolutionScope.COMPILE,
        threadSafe = true)
public final class GenerateMojo extends LexiconMojo {

    /**
     * The package that the others are in: with com.acme.lex, the lexicon com.acme.mood becomes the class
     * com.acme.lex.com.acme.Mood.
     */
    @Parameter(required = true)
    String basePackage;

    /**
     * The beginnings of NSIDs that get a class by which methods and records can be named as the protocol does: com.acme
     * makes a class acme with a field mood.
     */
    @Parameter
    @Nullable
    List<String> facades;

    /** The package of those classes. If it is not set, it is the base package. */
    @Parameter
    @Nullable
    String facadePackage;

    /** NSIDs, or beginnings that end in .*, of the lexicons to take. If there are none, all are taken. */
    @Parameter
    @Nullable
    List<String> includes;

    /** NSIDs, or beginnings that end in .*, of lexicons to leave out. */
    @Parameter
    @Nullable
    List<String> excludes;

    /** Which objects get a builder: NEEDED for those that programs send, or ALL. */
    @Parameter(defaultValue = "NEEDED", required = true)
    Generator.Builders builders;

    /**
     * The file that keeps the names that classes once got, so that they keep them whatever a lexicon adds later. It belongs
     * under version control.
     */
    @Parameter(defaultValue = "${project.basedir}/src/main/lexicons/names.lock", required = true)
    File names;

    /** Whether to take what makes sense of an invalid lexicon, with a warning, instead of failing. */
    @Parameter(defaultValue = "false")
    boolean ignoreInvalid;

    /** Where the classes go. */
    @Parameter(defaultValue = "${project.build.directory}/generated-sources/lexicons", required = true)
    File outputDirectory;

    /** Where the lexicons and their index go. */
    @Parameter(defaultValue = "${project.build.directory}/generated-resources/lexicons", required = true)
    File resourcesDirectory;

    /** Creates the goal, which Maven then configures. */
    public GenerateMojo() {}

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (project.getArtifacts().stream()
                .noneMatch(library -> library.getArtifactId().equals("jspecify"))) {
            throw new MojoFailureException("Generated classes say what may be null by annotations of"
                    + " org.jspecify:jspecify, which the project does not depend on; add it with the scope provided");
        }
        report(generate());
        project.addCompileSourceRoot(outputDirectory.getPath());
        var resources = new Resource();
        resources.setDirectory(resourcesDirectory.getPath());
        project.addResource(resources);
    }

    private Report generate() throws MojoExecutionException, MojoFailureException {
        Generator generator = Generator.builder()
                .folder(folder())
                .classPath(classPath())
                .basePackage(basePackage)
                .facade(facadePackage != null ? facadePackage : basePackage, array(facades))
                .include(array(includes))
                .exclude(array(excludes))
                .builders(builders)
                .names(names.toPath())
                .output(outputDirectory.toPath(), resourcesDirectory.toPath())
                .ignoreInvalid(ignoreInvalid)
                .build();
        try {
            return generator.run();
        } catch (GeneratorException e) {
            throw new MojoFailureException(
                    "These lexicons cannot become Java:\n  " + String.join("\n  ", e.problems()), e);
        } catch (UncheckedIOException e) {
            throw new MojoExecutionException("Java for lexicons could not be written: " + e.getMessage(), e);
        }
    }

    private void report(Report report) {
        if (report.upToDate()) {
            getLog().info("Lexicons have not changed");
        } else {
            getLog().info(report.written().size() + " files written, "
                    + report.unchanged().size() + " unchanged, "
                    + report.deleted().size() + " deleted");
        }
        report.notices().forEach(notice -> getLog().warn(notice.toString()));
        if (!report.named().isEmpty()) {
            getLog().info(report.named().size() + " names added to " + names);
        }
    }

    private static String[] array(@Nullable List<String> list) {
        return list == null ? new String[0] : list.toArray(String[]::new);
    }
}
