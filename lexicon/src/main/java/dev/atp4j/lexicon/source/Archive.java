// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import dev.atp4j.data.LexBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Reads the lexicons in a zip archive. Entries never become paths, so their names can do no harm. */
final class Archive {

    private static final int MAX_ENTRIES = 50_000;
    private static final long MAX_TOTAL = 64L * 1024 * 1024;

    /** How much of what is no document is unpacked, which a stream has to do to get past it. */
    private static final long MAX_SKIPPED = 256L * 1024 * 1024;

    private static final String INDEX = "META-INF/lexicons/index.json";

    private Archive() {}

    /** Tells whether bytes are the beginning of an archive. */
    static boolean isOne(byte[] start) {
        return start.length > 3 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4;
    }

    static List<LexiconFile> read(String name, InputStream in) throws IOException {
        var files = new ArrayList<LexiconFile>();
        long total = 0;
        long skipped = 0;
        int entries = 0;
        try (var zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > MAX_ENTRIES) {
                    throw new SourceException(
                            "the archive " + name + " has more than " + MAX_ENTRIES + " entries", null);
                }
                if (!isDocument(entry)) {
                    skipped += skip(zip, MAX_SKIPPED - skipped);
                    if (skipped > MAX_SKIPPED) {
                        throw new SourceException(
                                "the archive " + name + " is too large: what is no lexicon in it unpacks to more than "
                                        + MAX_SKIPPED + " bytes; take its folder of lexicons alone",
                                null);
                    }
                    continue;
                }
                byte[] json = zip.readNBytes(LexiconSource.MAX_DOCUMENT + 1);
                total += json.length;
                if (json.length > LexiconSource.MAX_DOCUMENT || total > MAX_TOTAL) {
                    throw new SourceException(
                            "the archive " + name + " is too large: a document may have " + LexiconSource.MAX_DOCUMENT
                                    + " bytes, and all together " + MAX_TOTAL,
                            null);
                }
                files.add(new LexiconFile(name + "!/" + entry.getName(), LexBytes.of(json)));
            }
        } catch (IllegalArgumentException e) {
            // What older JDKs say of it; newer ones throw a ZipException.
            throw new ZipException("an entry of " + name + " has a name that is not UTF-8");
        }
        if (entries == 0) {
            throw new SourceException("there is no zip archive in " + name, null);
        }
        files.sort(Comparator.comparing(LexiconFile::name));
        return files;
    }

    /** Passes over an entry, and returns how many bytes it has; no more than one beyond the limit are looked at. */
    private static long skip(ZipInputStream zip, long limit) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long length = 0;
        int count = 0;
        while (count >= 0 && length <= limit) {
            length += count;
            count = zip.read(buffer);
        }
        return length;
    }

    private static boolean isDocument(ZipEntry entry) {
        String path = entry.getName();
        return !entry.isDirectory()
                && path.endsWith(".json")
                && ("/" + path).contains("/lexicons/")
                && !path.equals(INDEX);
    }
}
