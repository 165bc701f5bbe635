// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Loads the session module once more, with simulated locks, futures and atomics in place of the JDK's: the same code, whose
 * threads a {@link Scheduler} can hold still at each of them. The names stand in each class file's table of constants, and
 * only they are changed; no instruction is.
 *
 * <p>The simulation's own classes are loaded with it, so that they see the same types; {@link ShellReport} is not, so that
 * both sides know it.
 */
public final class Rewired extends ClassLoader {

    private static final String OWN = "dev.atp4j.simulation.";
    private static final String REWIRED = "dev.atp4j.session.";

    private static final String JAVA = "java/";
    private static final String CONCURRENT = JAVA + "util/concurrent/";
    private static final String HERE = "dev/atp4j/simulation/shell/";

    private static final Map<String, String> NAMES = Map.of(
            CONCURRENT + "locks/ReentrantLock", HERE + "SimulatedLock",
            CONCURRENT + "CompletableFuture", HERE + "SimulatedFuture",
            CONCURRENT + "atomic/AtomicBoolean", HERE + "SimulatedBoolean",
            CONCURRENT + "atomic/AtomicLong", HERE + "SimulatedLong",
            JAVA + "lang/ref/WeakReference", HERE + "SimulatedReference",
            JAVA + "lang/ref/Reference", HERE + "SimulatedReference",
            JAVA + "lang/ref/ReferenceQueue", HERE + "SimulatedReferenceQueue");

    private static final Pattern ANY = Pattern.compile(
            NAMES.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")(?![\\w/])")));

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    static {
        registerAsParallelCapable();
    }

    private final ReentrantLock loading = new ReentrantLock();

    /** Creates a loader that finds classes where this class was found. */
    public Rewired() {
        super("rewired", Rewired.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean report = name.startsWith(ShellReport.class.getName());
        if (report || !name.startsWith(OWN) && !name.startsWith(REWIRED)) {
            return super.loadClass(name, resolve);
        }
        loading.lock();
        try {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        } finally {
            loading.unlock();
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = in.readAllBytes();
            byte[] used = name.startsWith(REWIRED) ? rewire(code) : code;
            return defineClass(name, used, 0, used.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** Returns a class file in which the simulation's names stand for the JDK's. */
    static byte[] rewire(byte[] code) {
        var in = new DataInputStream(new ByteArrayInputStream(code));
        var out = new ByteArrayOutputStream(code.length + 256);
        try (var to = new DataOutputStream(out)) {
            to.writeInt(in.readInt());
            to.writeInt(in.readInt());
            int count = in.readUnsignedShort();
            to.writeShort(count);
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                to.writeByte(tag);
                if (tag == UTF8) {
                    to.writeUTF(renamed(in.readUTF()));
                } else {
                    to.write(in.readNBytes(size(tag)));
                    i += tag == LONG || tag == DOUBLE ? 1 : 0;
                }
            }
            in.transferTo(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String renamed(String text) {
        return text.contains(JAVA)
                ? ANY.matcher(text).replaceAll(name -> Matcher.quoteReplacement(NAMES.get(name.group())))
                : text;
    }

    /** Returns how many bytes follow a constant's tag. */
    private static int size(int tag) {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case LONG, DOUBLE -> 8;
            default -> throw new IllegalArgumentException("an unknown kind of constant: " + tag);
        };
    }
}
