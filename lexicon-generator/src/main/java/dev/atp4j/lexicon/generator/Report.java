// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import java.nio.file.Path;
import java.util.List;

/**
 * What a run of a generator did.
 *
 * @param upToDate true if nothing had changed and so nothing was done; the other lists then tell of the earlier run
 * @param written files that are new or have new content
 * @param unchanged files that were there with the same content
 * @param deleted files that an earlier run made and that have no place any more
 * @param packages the packages of the generated classes, sorted, for a module's {@code exports}
 * @param named lines that were added to the file of names
 * @param notices what was odd in the lexicons, and what became of it
 */
public record Report(
        boolean upToDate,
        List<Path> written,
        List<Path> unchanged,
        List<Path> deleted,
        List<String> packages,
        List<String> named,
        List<Notice> notices) {

    /** Copies the lists. */
    public Report {
        written = List.copyOf(written);
        unchanged = List.copyOf(unchanged);
        deleted = List.copyOf(deleted);
        packages = List.copyOf(packages);
        named = List.copyOf(named);
        notices = List.copyOf(notices);
    }

    /**
     * Something odd in a lexicon.
     *
     * @param place the definition, and the property within it, such as {@code app.bsky.feed.post#main/embed}
     * @param message what is odd and what became of it
     */
    public record Notice(String place, String message) {

        /** Returns both in one line. */
        @Override
        public String toString() {
            return place + ": " + message;
        }
    }
}
