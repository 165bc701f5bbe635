// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import dev.atp4j.data.DagCbor;
import dev.atp4j.data.DataException;
import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.TransportException;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.lexicon.LexiconException;
import dev.atp4j.lexicon.LexiconReader;
import dev.atp4j.lexicon.source.LexiconManifest.Resolution;
import dev.atp4j.lexicon.source.LexiconNetwork.Published;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.xrpc.XrpcException;
import dev.atp4j.xrpc.XrpcResponseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Installs lexicons into a project, with all that they refer to: documents into a folder, at {@code com/example/thing.json},
 * and where they came from into a manifest. Confined to one thread; two installations at once into one folder are not
 * coordinated.
 *
 * <p>Nothing is written until everything is there, so a failed installation leaves the project as it was.
 *
 * <p>A document that lies in the folder and has no place in the manifest was put there by hand, or from a {@linkplain
 * Builder#source source}. It is used as it is, and what it refers to is installed as well.
 */
public final class LexiconInstaller {

    private static final int MAX_DOCUMENTS = 5_000;
    private static final Comparator<Nsid> BY_NAME = Comparator.comparing(Nsid::value);

    private final Workspace workspace;
    private final @Nullable LexiconNetwork network;
    private final @Nullable LexiconSource source;
    private final Consumer<String> progress;

    private LexiconInstaller(Builder builder) {
        Path manifest = builder.manifest;
        this.workspace = new Workspace(
                builder.folder, manifest == null ? builder.folder.resolveSibling("lexicons.json") : manifest);
        this.network = builder.network;
        this.source = builder.source;
        this.progress = builder.progress;
    }

    /**
     * Starts an installer.
     *
     * @param folder the folder that documents go to; it need not exist
     * @return a builder
     */
    public static Builder builder(Path folder) {
        return new Builder(folder);
    }

    /**
     * What an installation has done.
     *
     * @param installed the documents that are new or have changed, in the order of the alphabet
     * @param unchanged how many others were in place
     * @param removed the documents that nothing needs any longer
     * @param missing the documents that others speak of without being made of them, and that nobody publishes
     */
    public record Report(List<Nsid> installed, int unchanged, List<Nsid> removed, List<Nsid> missing) {

        /** Copies the lists. */
        public Report {
            installed = List.copyOf(installed);
            removed = List.copyOf(removed);
            missing = List.copyOf(missing);
        }
    }

    /**
     * Installs documents, and whatever the manifest lists that is not in place. What is in place is kept as it is.
     *
     * @param additions the documents to add to the manifest; with none, the manifest is restored
     * @return what was done
     * @throws IdentityException if a document cannot be found by its name
     * @throws XrpcException if a server refuses
     * @throws TransportException if a server gave no answer
     * @throws LexiconException if a document is no lexicon
     * @throws SourceException if a document cannot be used, is not what the manifest says, or cannot be written
     */
    public Report install(Collection<Nsid> additions) {
        return run(additions, false);
    }

    /**
     * Fetches everything anew, from the repositories that DNS names now.
     *
     * @param additions documents to add to the manifest; perhaps none
     * @return what was done
     * @throws IdentityException if a document cannot be found by its name
     * @throws XrpcException if a server refuses
     * @throws TransportException if a server gave no answer
     * @throws LexiconException if a document is no lexicon
     * @throws SourceException if a document cannot be used, or cannot be written
     */
    public Report update(Collection<Nsid> additions) {
        return run(additions, true);
    }

    /**
     * Checks, as a build server does, that every document of the manifest is in place, unchanged and complete. Asks nobody
     * and writes nothing.
     *
     * @return how many documents are in place
     * @throws SourceException if one is missing or has changed, with all that is wrong
     * @throws LexiconException if a document is no lexicon
     */
    public int verify() {
        LexiconManifest manifest = workspace.readManifest();
        var wrong = new ArrayList<String>();
        manifest.resolutions().forEach((id, resolution) -> {
            Optional<LexMap> document = local(id);
            if (document.isEmpty()) {
                wrong.add(id + " is not in place");
            } else if (!DagCbor.cid(document.get()).equals(resolution.cid())) {
                wrong.add(workspace.path(id) + " has changed since it was installed");
            }
        });
        var all = new Run(manifest, false);
        all.roots(List.of()).forEach(all::want);
        manifest.resolutions().keySet().forEach(all::want);
        int count = all.walkLocal(wrong);
        if (!wrong.isEmpty()) {
            throw new SourceException(
                    "the lexicons are not those of " + workspace.manifest() + ": " + String.join("; ", wrong)
                            + ". Install them again and keep the result",
                    null);
        }
        return count;
    }

    private Report run(Collection<Nsid> additions, boolean anew) {
        LexiconManifest manifest = workspace.readManifest();
        var run = new Run(manifest, anew);
        Set<Nsid> roots = run.roots(additions);
        roots.forEach(run::want);
        run.walk();
        return run.write(additions);
    }

    private Optional<LexMap> local(Nsid id) {
        Path path = workspace.path(id);
        return workspace.read(path).map(json -> {
            try {
                return LexJson.parseMapLenient(json);
            } catch (DataException e) {
                throw new SourceException(path + " is no lexicon: " + e.path() + " " + e.rule(), e);
            }
        });
    }

    /** One installation: what is wanted, and what was found. */
    private final class Run {

        private final LexiconManifest before;
        private final boolean anew;
        private final Map<Nsid, LexMap> offered = new TreeMap<>(BY_NAME);
        private final Map<Nsid, Found> found = new TreeMap<>(BY_NAME);
        private final Set<Nsid> missing = new TreeSet<>(BY_NAME);
        private final Deque<Nsid> queue = new ArrayDeque<>();
        private final Set<Nsid> queued = new TreeSet<>(BY_NAME);
        private final Set<Nsid> needed = new TreeSet<>(BY_NAME);
        private final Map<Nsid, Nsid> neededBy = new TreeMap<>(BY_NAME);

        Run(LexiconManifest before, boolean anew) {
            this.before = before;
            this.anew = anew;
        }

        /** Returns where to start: what was asked for, and what lies in the folder without being in the manifest. */
        Set<Nsid> roots(Collection<Nsid> additions) {
            var roots = new TreeSet<>(BY_NAME);
            roots.addAll(before.lexicons());
            roots.addAll(additions);
            byHand().forEach(roots::add);
            return roots;
        }

        void want(Nsid id) {
            needed.add(id);
            if (queued.add(id)) {
                queue.add(id);
            }
            if (queued.size() > MAX_DOCUMENTS) {
                throw new SourceException("these lexicons need more than " + MAX_DOCUMENTS + " documents", null);
            }
        }

        void walk() {
            offer();
            while (!queue.isEmpty()) {
                Nsid id = queue.remove();
                Found document = needed.contains(id) ? find(id) : findIfPublished(id);
                if (document != null) {
                    found.put(id, document);
                    follow(id, dependencies(id, document.document()));
                } else if (needed.contains(id)) {
                    throw new SourceException(
                            "neither the folder nor the source has " + id + because(id)
                                    + "; let the network be asked, or add it",
                            null);
                } else {
                    missing.add(id);
                }
            }
        }

        int walkLocal(List<String> wrong) {
            int count = 0;
            while (!queue.isEmpty()) {
                Nsid id = queue.remove();
                Optional<LexMap> document = local(id);
                if (document.isPresent()) {
                    count++;
                    dependencies(id, document.get()).needed().forEach(this::want);
                } else if (!before.resolutions().containsKey(id)) {
                    wrong.add(id + " is not in place");
                }
            }
            return count;
        }

        private void follow(Nsid from, Dependencies dependencies) {
            dependencies.needed().forEach(id -> {
                if (missing.remove(id)) {
                    queued.remove(id);
                }
                neededBy.putIfAbsent(id, from);
                want(id);
            });
            dependencies.named().forEach(id -> {
                if (queued.add(id)) {
                    queue.add(id);
                }
            });
        }

        private String because(Nsid id) {
            Nsid from = neededBy.get(id);
            return from == null ? "" : ", which " + from + " needs";
        }

        private Dependencies dependencies(Nsid id, LexMap document) {
            var reading = LexiconReader.parseLenient(document, id.value());
            if (!reading.doc().id().equals(id)) {
                throw new SourceException(
                        workspace.path(id) + " is the lexicon " + reading.doc().id() + ", which belongs elsewhere",
                        null);
            }
            return Dependencies.of(reading.doc());
        }

        private void offer() {
            if (source == null) {
                return;
            }
            for (LexiconFile file : source.files()) {
                LexMap document;
                try {
                    document = LexJson.parseMapLenient(file.json().value());
                } catch (DataException e) {
                    throw new SourceException(file.name() + " is no lexicon: " + e.path() + " " + e.rule(), e);
                }
                Nsid id = document.getString("id")
                        .flatMap(Nsid::tryParse)
                        .orElseThrow(
                                () -> new SourceException(file.name() + " is no lexicon: its id is no NSID", null));
                if (offered.putIfAbsent(id, document) != null) {
                    throw new SourceException(file.name() + " is the second document of the name " + id, null);
                }
            }
        }

        private @Nullable Found findIfPublished(Nsid id) {
            try {
                return find(id);
            } catch (IdentityException e) {
                if (e.kind() == IdentityException.Kind.UNAVAILABLE) {
                    throw e;
                }
            } catch (XrpcResponseException e) {
                if (e.retryable()) {
                    throw e;
                }
            }
            return null;
        }

        /** Returns a document, or null if there is nobody to ask for it. */
        private @Nullable Found find(Nsid id) {
            LexMap given = offered.get(id);
            Resolution resolution = before.resolutions().get(id);
            if (given != null) {
                return new Found(given, null);
            }
            Optional<LexMap> local = local(id);
            if (local.isPresent() && (resolution == null || !anew)) {
                if (resolution != null && !DagCbor.cid(local.get()).equals(resolution.cid())) {
                    throw new SourceException(
                            workspace.path(id) + " has changed since it was installed. Take it out of the manifest to"
                                    + " keep it, or update to replace it",
                            null);
                }
                return new Found(local.get(), resolution);
            }
            if (network == null) {
                return null;
            }
            progress.accept(
                    "fetching " + id + because(id) + " (" + (found.size() + 1) + " of " + queued.size() + " so far)");
            // A document comes again from where it came from, unless DNS is to be asked anew.
            Published published =
                    resolution == null || anew || resolution.repository().isEmpty()
                            ? network.find(id)
                            : network.fetch(resolution.repository().get(), id);
            if (resolution != null && !anew && !published.cid().equals(resolution.cid())) {
                throw new SourceException(
                        id + " is published with another content than the manifest says; update to take it", null);
            }
            return new Found(published.document(), new Resolution(published.uri(), published.cid()));
        }

        private Set<Nsid> byHand() {
            var ids = new TreeSet<>(BY_NAME);
            if (Files.isDirectory(workspace.folder())) {
                for (LexiconFile file : new FolderSource(workspace.folder()).files()) {
                    Nsid id = idOf(file.json());
                    if (id != null
                            && !before.resolutions().containsKey(id)
                            && Path.of(file.name()).equals(workspace.path(id))) {
                        ids.add(id);
                    }
                }
            }
            return ids;
        }

        private static @Nullable Nsid idOf(LexBytes json) {
            try {
                return LexJson.parseMapLenient(json.value())
                        .getString("id")
                        .flatMap(Nsid::tryParse)
                        .orElse(null);
            } catch (DataException e) {
                return null;
            }
        }

        Report write(Collection<Nsid> additions) {
            var files = new LinkedHashMap<Path, byte @Nullable []>();
            var installed = new ArrayList<Nsid>();
            var resolutions = new TreeMap<Nsid, Resolution>(BY_NAME);
            found.forEach((id, document) -> {
                if (document.resolution() != null) {
                    resolutions.put(id, document.resolution());
                }
                if (!local(id).equals(Optional.of(document.document()))) {
                    installed.add(id);
                    files.put(workspace.path(id), PrettyJson.write(document.document()));
                }
            });
            var removed = new ArrayList<Nsid>();
            before.resolutions().forEach((id, resolution) -> {
                // What was installed is taken away; what somebody has changed since is theirs.
                if (!found.containsKey(id) && local(id).map(DagCbor::cid).equals(Optional.of(resolution.cid()))) {
                    removed.add(id);
                    files.put(workspace.path(id), null);
                }
            });
            var names = new TreeSet<>(BY_NAME);
            names.addAll(before.lexicons());
            names.addAll(additions);
            names.removeIf(id -> !resolutions.containsKey(id));
            var after = LexiconManifest.of(names, resolutions);
            if (!after.equals(before)) {
                files.put(workspace.manifest(), after.toJson());
            }
            workspace.write(files);
            return new Report(installed, found.size() - installed.size(), removed, List.copyOf(missing));
        }
    }

    /** A document, and where it was published unless it came from elsewhere. */
    private record Found(LexMap document, @Nullable Resolution resolution) {}

    /** Sets an installer up. Confined to one thread. */
    public static final class Builder {

        private final Path folder;
        private @Nullable Path manifest;
        private @Nullable LexiconNetwork network;
        private @Nullable LexiconSource source;
        private Consumer<String> progress = line -> {};

        private Builder(Path folder) {
            this.folder = Objects.requireNonNull(folder, "folder");
        }

        /**
         * Sets where the manifest lies.
         *
         * @param manifest the file; {@code lexicons.json} beside the folder by default
         * @return this builder
         */
        public Builder manifest(Path manifest) {
            this.manifest = manifest;
            return this;
        }

        /**
         * Sets the network that documents are fetched from.
         *
         * @param network the network; by default none is asked
         * @return this builder
         */
        public Builder network(LexiconNetwork network) {
            this.network = network;
            return this;
        }

        /**
         * Sets a source that is looked in before the network, and whose documents replace those in the folder.
         *
         * @param source the source; none by default
         * @return this builder
         */
        public Builder source(LexiconSource source) {
            this.source = source;
            return this;
        }

        /**
         * Sets who is told of each document that is fetched.
         *
         * @param progress gets a line for people
         * @return this builder
         */
        public Builder progress(Consumer<String> progress) {
            this.progress = progress;
            return this;
        }

        /**
         * Returns the installer.
         *
         * @return a new installer
         */
        public LexiconInstaller build() {
            return new LexiconInstaller(this);
        }
    }
}
