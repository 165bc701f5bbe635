// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A disk that promises only what POSIX does. What was forced stays. Of all else, any part may be there after a power cut, in
 * whatever order: each name that was made, moved or removed, each new length, and each sector of what was written. A name
 * is forced with its folder, not with its file. A move happens or does not; it has no middle.
 */
final class Disk {

    static final int SECTOR = 512;

    /** Up to so many things that may or may not have happened, all their combinations are tried. */
    private static final int FEW = 7;

    /** A file's content that is on the disk for certain. What it is called is another matter. */
    private static final class Content {
        byte[] bytes;

        Content(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /** Something that has been asked for, and not been forced. */
    private record Pending(Op op, @Nullable Content content) {}

    /** What a disk can hold: folders, and files by their paths. */
    static final class State {
        final Set<Path> folders = new HashSet<>();
        final Map<Path, byte[]> files = new HashMap<>();

        private void dropWhatIsNowhere() {
            folders.removeIf(folder -> !stands(folder.getParent()));
            files.keySet().removeIf(file -> !stands(file.getParent()));
        }

        private boolean stands(@Nullable Path folder) {
            return folder == null || folders.contains(folder) && stands(folder.getParent());
        }

        /** Returns a text that is the same for the same state. */
        String digest() {
            var digest = new StringBuilder();
            folders.stream().sorted().forEach(folder -> digest.append(folder).append('/'));
            files.keySet().stream()
                    .sorted()
                    .forEach(path -> digest.append(path)
                            .append(' ')
                            .append(files.get(path).length)
                            .append(' ')
                            .append(Arrays.hashCode(files.get(path)))
                            .append('\n'));
            return digest.toString();
        }
    }

    private final boolean filesKeepTheirNames;
    private final Set<Path> folders = new HashSet<>();
    private final Map<Path, Content> names = new HashMap<>();

    /** What processes see. */
    private final Map<Path, Content> seen = new HashMap<>();

    private final List<Pending> pending = new ArrayList<>();

    /**
     * Makes an empty disk.
     *
     * @param filesKeepTheirNames whether a file that is forced keeps the name that it was made with, as on ext4, XFS and Btrfs;
     *     POSIX does not say so
     */
    Disk(boolean filesKeepTheirNames) {
        this.filesKeepTheirNames = filesKeepTheirNames;
    }

    /** Puts a folder's content on the disk for certain. */
    void load(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                Path name = root.relativize(path);
                if (Files.isRegularFile(path)) {
                    var content = new Content(Files.readAllBytes(path));
                    names.put(name, content);
                    seen.put(name, content);
                } else if (!path.equals(root)) {
                    folders.add(name);
                }
            }
        }
    }

    /** Does what was asked for, or nothing if it is about a file that has no name any more. */
    void on(Op op) {
        if (op instanceof Op.Create create) {
            var content = new Content(new byte[0]);
            seen.put(create.path(), content);
            pending.add(new Pending(op, content));
        } else if (op instanceof Op.Write write) {
            pend(op, seen.get(write.path()));
        } else if (op instanceof Op.Size size) {
            pend(op, seen.get(size.path()));
        } else if (op instanceof Op.Move move) {
            Content content = seen.remove(move.from());
            if (content == null) {
                // Written in a way that is not seen, as caches are; then it is not there, and nor is what it replaces.
                on(new Op.Delete(move.to()));
                return;
            }
            seen.put(move.to(), content);
            pending.add(new Pending(op, content));
        } else if (op instanceof Op.Delete delete) {
            seen.remove(delete.path());
            pending.add(new Pending(op, null));
        } else if (op instanceof Op.Folder) {
            pending.add(new Pending(op, null));
        } else if (op instanceof Op.Force force) {
            force(force.path());
        }
    }

    private void pend(Op op, @Nullable Content content) {
        if (content != null) {
            pending.add(new Pending(op, content));
        }
    }

    private void force(Path path) {
        Content content = seen.get(path);
        List<Pending> left = new ArrayList<>();
        for (Pending one : pending) {
            if (content != null ? isOf(content, one) : isIn(path, one.op())) {
                settle(one);
            } else {
                left.add(one);
            }
        }
        pending.clear();
        pending.addAll(left);
    }

    private boolean isOf(Content content, Pending one) {
        return content == one.content()
                && (one.op() instanceof Op.Write
                        || one.op() instanceof Op.Size
                        || one.op() instanceof Op.Create && filesKeepTheirNames);
    }

    private static boolean isIn(Path folder, Op op) {
        Path name = op instanceof Op.Create create
                ? create.path()
                : op instanceof Op.Folder made
                        ? made.path()
                        : op instanceof Op.Delete delete
                                ? delete.path()
                                : op instanceof Op.Move move ? move.to() : null;
        if (name == null) {
            return false;
        }
        Path parent = name.getParent();
        return parent == null ? folder.toString().isEmpty() : parent.equals(folder);
    }

    private void settle(Pending one) {
        Content content = one.content();
        if (one.op() instanceof Op.Create create) {
            names.put(create.path(), known(content));
        } else if (one.op() instanceof Op.Move move) {
            names.remove(move.from());
            names.put(move.to(), known(content));
        } else if (one.op() instanceof Op.Delete delete) {
            names.remove(delete.path());
            folders.remove(delete.path());
        } else if (one.op() instanceof Op.Folder folder) {
            folders.add(folder.path());
        } else {
            known(content).bytes = changed(known(content).bytes, one.op());
        }
    }

    private static Content known(@Nullable Content content) {
        if (content == null) {
            throw new IllegalStateException("nothing is known of the file");
        }
        return content;
    }

    private static byte[] changedInPlace(byte[] bytes, Op op) {
        if (op instanceof Op.Write write && write.at() + write.bytes().length <= bytes.length) {
            System.arraycopy(write.bytes(), 0, bytes, (int) write.at(), write.bytes().length);
            return bytes;
        }
        return changed(bytes, op);
    }

    private static byte[] changed(byte[] bytes, Op op) {
        if (op instanceof Op.Size size) {
            return Arrays.copyOf(bytes, Math.toIntExact(size.size()));
        }
        var write = (Op.Write) op;
        int at = Math.toIntExact(write.at());
        byte[] changed = Arrays.copyOf(bytes, Math.max(bytes.length, at + write.bytes().length));
        System.arraycopy(write.bytes(), 0, changed, at, write.bytes().length);
        return changed;
    }

    /**
     * Returns what may be there after a power cut at this moment: every combination of a few things, and of many all, none,
     * each first part, all but one, one alone, each write torn in several ways, and as many combinations by chance as asked
     * for. What there is after a death of the processes alone, at this moment or at any since the last force, is among them,
     * for a death loses nothing but what comes after it. No two are the same.
     *
     * @param most how many states to return; of more some are chosen by chance, all and none among them
     */
    Collection<State> afterPowerCut(Random random, int byChance, int most) {
        List<IntFunction<@Nullable Op>> fates = new ArrayList<>(fates(random, byChance));
        Collections.shuffle(fates, random);
        fates.add(0, i -> null);
        fates.add(1, this::op);
        Map<String, State> states = new LinkedHashMap<>();
        for (IntFunction<@Nullable Op> fate : fates) {
            State state = state(fate);
            states.putIfAbsent(state.digest(), state);
            if (states.size() == most) {
                break;
            }
        }
        return states.values();
    }

    /** Returns ways to tell what has become of each thing that is pending: all, a part of it, or null for nothing. */
    private List<IntFunction<@Nullable Op>> fates(Random random, int byChance) {
        int count = pending.size();
        List<IntFunction<@Nullable Op>> fates = new ArrayList<>();
        if (count <= FEW) {
            for (int bits = 0; bits < 1 << count; bits++) {
                int chosen = bits;
                fates.add(i -> (chosen >> i & 1) == 1 ? op(i) : null);
            }
        }
        for (int n = 0; n < count; n++) {
            int one = n;
            fates.add(i -> i < one ? op(i) : null);
            fates.add(i -> i != one ? op(i) : null);
            fates.add(i -> i == one ? op(i) : null);
            for (Op torn : torn(op(one), random)) {
                fates.add(i -> i < one ? op(i) : i == one ? torn : null);
                fates.add(i -> i != one ? op(i) : torn);
            }
        }
        for (int n = 0; n < byChance && count > 0; n++) {
            fates.add(i -> chosen(op(i), random));
        }
        return fates;
    }

    private Op op(int index) {
        return pending.get(index).op();
    }

    private static @Nullable Op chosen(Op op, Random random) {
        if (random.nextBoolean()) {
            return null;
        }
        List<Op> torn = torn(op, random);
        return torn.isEmpty() || random.nextBoolean() ? op : torn.get(random.nextInt(torn.size()));
    }

    /** A write of which some sectors got lost; what lies before those that did not is zeros, if the file was shorter. */
    private static List<Op> torn(Op op, Random random) {
        if (!(op instanceof Op.Write write) || write.bytes().length < 2) {
            return List.of();
        }
        int length = write.bytes().length;
        int first = (int) Math.min(length - 1, SECTOR - write.at() % SECTOR);
        return List.of(
                part(write, 0, first),
                part(write, 0, 1 + random.nextInt(length - 1)),
                part(write, 0, length - 1),
                part(write, first, length),
                part(write, length - Math.min(length - 1, SECTOR), length),
                part(write, length - 1, length));
    }

    private static Op part(Op.Write write, int from, int to) {
        return new Op.Write(write.path(), write.at() + from, Arrays.copyOfRange(write.bytes(), from, to));
    }

    private State state(IntFunction<@Nullable Op> fate) {
        Map<Path, Content> named = new HashMap<>(names);
        Map<Content, byte[]> contents = new IdentityHashMap<>();
        var state = new State();
        state.folders.addAll(folders);
        for (int i = 0; i < pending.size(); i++) {
            Op op = fate.apply(i);
            if (op == null) {
                continue;
            }
            Content content = pending.get(i).content();
            if (op instanceof Op.Create create) {
                named.put(create.path(), known(content));
            } else if (op instanceof Op.Move move) {
                named.remove(move.from());
                named.put(move.to(), known(content));
            } else if (op instanceof Op.Delete delete) {
                named.remove(delete.path());
                state.folders.remove(delete.path());
            } else if (op instanceof Op.Folder folder) {
                state.folders.add(folder.path());
            } else {
                Content file = known(content);
                byte[] own = contents.get(file);
                contents.put(file, own == null ? changed(file.bytes, op) : changedInPlace(own, op));
            }
        }
        named.forEach((path, content) -> state.files.put(path, contents.getOrDefault(content, content.bytes)));
        state.dropWhatIsNowhere();
        return state;
    }
}
