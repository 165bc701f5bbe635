// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import dev.atp4j.lexicon.LexiconDoc;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes Java for lexicons. The same lexicons give the same files, byte for byte. Immutable; two generators must not write
 * into the same folder at the same time.
 *
 * <p>A run that follows another with nothing changed looks at its inputs and does nothing. Otherwise only those files are
 * written whose content is new, and those are deleted that an earlier run made and this one did not.
 */
public final class Generator {

    /** Which objects get a builder. Those without are read, never made. */
    public enum Builders {
        /** What programs send: parameters, inputs, records, and what these are made of; and what no method answers. */
        NEEDED,
        /** All. */
        ALL
    }

    final Map<String, LexiconDoc> lexicons;
    final List<Path> folders;
    final List<Path> classPath;
    final String basePackage;
    final Map<String, String> facades;
    final List<String> include;
    final List<String> exclude;
    final Builders builders;
    final @Nullable Path names;
    final Path sources;
    final @Nullable Path resources;
    final boolean ignoreInvalid;

    private Generator(Builder builder, Path sources) {
        this.lexicons = new TreeMap<>(builder.lexicons);
        this.folders = List.copyOf(builder.folders);
        this.classPath = List.copyOf(builder.classPath);
        this.basePackage = builder.basePackage;
        this.facades = new TreeMap<>(builder.facades);
        this.include = List.copyOf(builder.include);
        this.exclude = List.copyOf(builder.exclude);
        this.builders = builder.builders;
        this.names = builder.names;
        this.sources = sources;
        this.resources = builder.resources;
        this.ignoreInvalid = builder.ignoreInvalid;
    }

    /**
     * Starts a generator.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Generates.
     *
     * @return what was done
     * @throws GeneratorException if a lexicon is invalid, or two definitions want one name; nothing was written
     * @throws UncheckedIOException if a file cannot be read or written
     */
    public Report run() {
        return new Run(this).run();
    }

    /** Builds a generator. Confined to one thread. */
    public static final class Builder {

        private final Map<String, LexiconDoc> lexicons = new LinkedHashMap<>();
        private final List<Path> folders = new ArrayList<>();
        private final List<Path> classPath = new ArrayList<>();
        private final Map<String, String> facades = new LinkedHashMap<>();
        private final List<String> include = new ArrayList<>();
        private final List<String> exclude = new ArrayList<>();
        private String basePackage = "lexicons";
        private Builders builders = Builders.NEEDED;
        private @Nullable Path names;
        private @Nullable Path sources;
        private @Nullable Path resources;
        private boolean ignoreInvalid;

        private Builder() {}

        /**
         * Adds lexicons that were read before.
         *
         * @param lexicons the documents
         * @return this builder
         */
        public Builder lexicons(Collection<LexiconDoc> lexicons) {
            lexicons.forEach(doc -> this.lexicons.put(doc.id().value(), doc));
            return this;
        }

        /**
         * Adds all lexicons of a folder and of the folders in it: files that end in {@code .json}, except
         * a manifest, {@code lexicons.json}, in the folder itself.
         *
         * @param folder the folder
         * @return this builder
         */
        public Builder folder(Path folder) {
            folders.add(folder);
            return this;
        }

        /**
         * Says which jars and folders hold classes that were generated elsewhere. What they have is referred to and not
         * generated again; they are asked for {@code META-INF/lexicons/index.json}.
         *
         * @param classPath jars and folders of classes; those without an index do no harm
         * @return this builder
         */
        public Builder classPath(List<Path> classPath) {
            this.classPath.addAll(classPath);
            return this;
        }

        /**
         * Says in which package all others are: {@code com.acme} makes {@code app.bsky.feed.post} a class of
         * {@code com.acme.app.bsky.feed}. Default {@code lexicons}.
         *
         * @param basePackage the package
         * @return this builder
         */
        public Builder basePackage(String basePackage) {
            this.basePackage = basePackage;
            return this;
        }

        /**
         * Asks for a facade: a class by whose fields all methods and records below an NSID's beginning can be named as the
         * protocol does, such as {@code app.bsky.feed.post}. Its name is the last segment of the beginning.
         *
         * @param packageName the package of the facade
         * @param roots beginnings, such as {@code app} or {@code com.acme}
         * @return this builder
         */
        public Builder facade(String packageName, String... roots) {
            for (String root : roots) {
                facades.put(root, packageName);
            }
            return this;
        }

        /**
         * Takes only some of the lexicons. Others are still there to be referred to, and are generated if they are.
         *
         * @param patterns NSIDs, or beginnings that end in {@code .*}
         * @return this builder
         */
        public Builder include(String... patterns) {
            include.addAll(List.of(patterns));
            return this;
        }

        /**
         * Leaves out some of the lexicons; references to them become values of open type.
         *
         * @param patterns NSIDs, or beginnings that end in {@code .*}
         * @return this builder
         */
        public Builder exclude(String... patterns) {
            exclude.addAll(List.of(patterns));
            return this;
        }

        /**
         * Says which objects get a builder. Default {@link Builders#NEEDED}.
         *
         * @param builders which
         * @return this builder
         */
        public Builder builders(Builders builders) {
            this.builders = builders;
            return this;
        }

        /**
         * Says where the names are kept that classes once got, so that they keep them whatever a lexicon adds later. A file
         * that is not there yet is made. It belongs under version control, and may be edited: a line gives a definition
         * its name.
         *
         * @param names the file
         * @return this builder
         */
        public Builder names(Path names) {
            this.names = names;
            return this;
        }

        /**
         * Says where to write.
         *
         * @param sources the folder for Java files
         * @param resources the folder for the lexicons themselves and their index, which belong into the jar; null for none
         * @return this builder
         */
        public Builder output(Path sources, @Nullable Path resources) {
            this.sources = sources;
            this.resources = resources;
            return this;
        }

        /**
         * Says what becomes of an invalid lexicon: whether what makes sense of it is used, with a notice, or it fails the
         * run. Default is to fail.
         *
         * @param ignoreInvalid true to go on
         * @return this builder
         */
        public Builder ignoreInvalid(boolean ignoreInvalid) {
            this.ignoreInvalid = ignoreInvalid;
            return this;
        }

        /**
         * Returns the generator.
         *
         * @return the generator
         * @throws IllegalStateException if it was not said where to write
         */
        public Generator build() {
            if (sources == null) {
                throw new IllegalStateException("a generator needs a folder for sources: call output");
            }
            return new Generator(this, sources);
        }
    }
}
