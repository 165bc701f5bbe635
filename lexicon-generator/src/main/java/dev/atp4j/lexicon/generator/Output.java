// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files that a generator made, and the stamp that remembers them and what they were made of. The stamp stands beside
 * the sources.
 */
final class Output {

    private static final String STAMP = ".lexicon-generator";
    private static final String MADE_OF = "made of ";

    private final Path stamp;
    private final Map<String, Path> homes;
    private final TreeMap<String, Long> known = new TreeMap<>();
    private @Nullable String madeOf;
    private final List<String> rest = new ArrayList<>();

    Output(Path sources, @Nullable Path resources) {
        this.stamp = sources.resolve(STAMP);
        this.homes = resources == null ? Map.of("s", sources) : Map.of("s", sources, "r", resources);
        if (Files.exists(stamp)) {
            try {
                for (String line : Files.readAllLines(stamp)) {
                    read(line);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void read(String line) {
        String[] words = line.split(" ", 3);
        if (line.startsWith(MADE_OF)) {
            madeOf = line.substring(MADE_OF.length());
        } else if (words[0].equals("file") && words.length == 3) {
            known.put(words[2], Long.parseLong(words[1]));
        } else {
            rest.add(line);
        }
    }

    /** Tells whether all is there that was made of exactly this. */
    boolean isUpToDate(String fingerprint) {
        if (!fingerprint.equals(madeOf)) {
            return false;
        }
        for (Map.Entry<String, Long> file : known.entrySet()) {
            Path path = path(file.getKey());
            try {
                if (path == null || Files.size(path) != file.getValue()) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    /** Returns what else the stamp of the earlier run says: its packages and notices. */
    List<String> rest() {
        return rest;
    }

    /** Returns the files of the earlier run. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (String name : known.keySet()) {
            Path path = path(name);
            if (path != null) {
                files.add(path);
            }
        }
        return files;
    }

    private @Nullable Path path(String name) {
        Path home = homes.get(name.substring(0, 1));
        return home == null ? null : home.resolve(name.substring(2));
    }

    /**
     * Brings the folders up to date.
     *
     * @param files the content of each file by its name, which begins with {@code s:} or {@code r:}
     */
    void write(
            String fingerprint,
            Map<String, byte[]> files,
            List<String> remarks,
            List<Path> written,
            List<Path> unchanged,
            List<Path> deleted) {
        try {
            // If this is interrupted, the next run has to look at everything.
            Files.createDirectories(stamp.toAbsolutePath().getParent());
            StringBuilder text = new StringBuilder();
            save(text, "", merged(files), List.of());
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = path(file.getKey());
                if (path == null) {
                    continue;
                }
                if (Files.exists(path) && Arrays.equals(Files.readAllBytes(path), file.getValue())) {
                    unchanged.add(path);
                } else {
                    Files.createDirectories(path.toAbsolutePath().getParent());
                    Files.write(path, file.getValue());
                    written.add(path);
                }
            }
            for (String name : known.keySet()) {
                Path path = path(name);
                if (path != null && !files.containsKey(name) && Files.deleteIfExists(path)) {
                    deleted.add(path);
                    prune(path);
                }
            }
            Map<String, Long> sizes = new TreeMap<>();
            files.forEach((name, content) -> sizes.put(name, (long) content.length));
            save(new StringBuilder(), fingerprint, sizes, remarks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Long> merged(Map<String, byte[]> files) {
        Map<String, Long> all = new TreeMap<>(known);
        files.forEach((name, content) -> all.put(name, (long) content.length));
        return all;
    }

    private void save(StringBuilder text, String fingerprint, Map<String, Long> files, List<String> remarks)
            throws IOException {
        text.append(MADE_OF).append(fingerprint).append('\n');
        files.forEach((name, size) ->
                text.append("file ").append(size).append(' ').append(name).append('\n'));
        remarks.forEach(remark -> text.append(remark.replace('\n', ' ')).append('\n'));
        Files.writeString(stamp, text);
    }

    /** Deletes folders that have become empty. */
    private void prune(Path file) throws IOException {
        Path folder = file.getParent();
        while (folder != null && !homes.containsValue(folder)) {
            try (var content = Files.list(folder)) {
                if (content.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(folder);
            folder = folder.getParent();
        }
    }

    /** Collects what a run depends on. */
    static final class Fingerprint {

        private final MessageDigest digest;

        Fingerprint() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("a JDK without SHA-256", e);
            }
        }

        Fingerprint add(String name, byte[] content) {
            digest.update((name + '\0' + content.length + '\0').getBytes(StandardCharsets.UTF_8));
            digest.update(content);
            return this;
        }

        Fingerprint add(String name, Object value) {
            return add(name, value.toString().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
