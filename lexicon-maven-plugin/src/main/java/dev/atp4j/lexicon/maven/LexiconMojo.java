// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What all goals have: a folder of lexicons, and libraries that may bring others. */
abstract class LexiconMojo extends AbstractMojo {

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    /** The folder of the lexicons: files that end in .json, in folders of whatever names. */
    @Parameter(defaultValue = "${project.basedir}/src/main/lexicons", required = true)
    File sources;

    /** Returns the folder of the lexicons, which is there. */
    final Path folder() throws MojoFailureException {
        if (!sources.isDirectory()) {
            throw new MojoFailureException(
                    "There is no folder " + sources + "; put lexicons there, or say in <sources> where they are");
        }
        return sources.toPath();
    }

    /** Returns the compile class path but for the project's own classes, which are not there yet. */
    final List<Path> classPath() throws MojoExecutionException {
        List<Path> classPath = new ArrayList<>();
        try {
            for (String element : project.getCompileClasspathElements()) {
                if (!element.equals(project.getBuild().getOutputDirectory())) {
                    classPath.add(Path.of(element));
                }
            }
        } catch (DependencyResolutionRequiredException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
        return classPath;
    }
}
