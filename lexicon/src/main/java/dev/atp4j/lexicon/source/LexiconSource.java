// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A place that has lexicons: a folder, an archive, a repository of git, an address. Implementations are thread-safe.
 *
 * <p>What the network itself publishes is found by name, see {@link LexiconNetwork}.
 */
@FunctionalInterface
public interface LexiconSource {

    /** How large a document may be, in bytes: as much as a record in JSON. */
    int MAX_DOCUMENT = 2 * 1024 * 1024;

    /**
     * Fetches all files that should be lexicons.
     *
     * @return the files, ordered by name
     * @throws SourceException if they cannot be had, or are too large
     * @throws TransportException if a server gave no answer
     */
    List<LexiconFile> files();

    /**
     * Returns a folder, or one file.
     *
     * @param path a file, or a folder that is looked through with its sub-folders for files that end in {@code .json};
     *     if it has a sub-folder {@code lexicons} then only that, as in a checkout of a repository. Links are not
     *     followed. A manifest, {@code lexicons.json}, is no lexicon
     * @return the source
     */
    static LexiconSource folder(Path path) {
        return new FolderSource(path);
    }

    /**
     * Returns an archive.
     *
     * @param file a jar or zip file; documents are its entries below a folder {@code lexicons}, such as
     *     {@code META-INF/lexicons/}, that end in {@code .json}
     * @return the source
     */
    static LexiconSource archive(Path file) {
        return new ArchiveSource(file);
    }

    /**
     * Returns a repository, which is cloned into a temporary folder with the {@code git} that is installed.
     *
     * @param repository its address or path, without a password: git knows better ways to keep those
     * @param revision a branch or tag, or null for the default branch
     * @return the source; documents are those of its folder {@code lexicons}, or of all folders if it has none
     * @throws IllegalArgumentException if the address holds a password, or either reads like an option
     */
    static LexiconSource git(String repository, @Nullable String revision) {
        return new GitSource(repository, revision);
    }

    /**
     * Returns what an address has: one document, an array of documents, or a jar or zip file.
     *
     * @param address an http or https address without a password; redirects are followed to https, three at the most
     * @param transport what to send with; not closed
     * @return the source
     * @throws IllegalArgumentException if the address is of another kind
     */
    static LexiconSource url(URI address, HttpTransport transport) {
        return new UrlSource(address, transport);
    }

    /**
     * Tells by the form of a text what it means: an {@code http} address, unless it ends in {@code .git}; a repository as
     * {@code git+ADDRESS}, {@code ssh://…}, {@code user@host:path} or anything that ends in {@code .git}, each with
     * {@code #REVISION} or without; a jar or zip file; another file, or a folder.
     *
     * @param text what somebody typed
     * @param transport what to send with; not closed
     * @return the source
     * @throws IllegalArgumentException if the text means nothing, or nothing that is there
     */
    static LexiconSource of(String text, HttpTransport transport) {
        int hash = text.lastIndexOf('#');
        String bare = hash < 0 ? text : text.substring(0, hash);
        String revision = hash < 0 ? null : text.substring(hash + 1);
        if (bare.startsWith("git+")) {
            return git(bare.substring(4), revision);
        }
        if (bare.endsWith(".git") || bare.startsWith("ssh://") || bare.matches("[\\w.-]++@[\\w.-]++:.*+")) {
            return git(bare, revision);
        }
        if (text.startsWith("http://") || text.startsWith("https://")) {
            return url(URI.create(text), transport);
        }
        try {
            Path path = Path.of(text);
            if (!Files.exists(path)) {
                throw new IllegalArgumentException("there is no file or folder " + text);
            }
            String name = text.toLowerCase(Locale.ROOT);
            boolean archive = (name.endsWith(".jar") || name.endsWith(".zip")) && !Files.isDirectory(path);
            return archive ? archive(path) : folder(path);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("neither an address nor a path: " + text, e);
        }
    }
}
