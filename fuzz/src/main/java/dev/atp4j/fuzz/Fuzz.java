// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** Where the fuzzer comes in. Beside what a target demands, none may take more memory than its input justifies. */
public final class Fuzz {

    /** Tables, buffers, and the other libraries that are asked. */
    private static final long ALLOWED = 32L << 20;

    /** A tree takes many times what its text does, and each is read several ways. */
    private static final long ALLOWED_PER_BYTE = 16L << 10;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static @Nullable Target target;

    private Fuzz() {}

    /** Called once: the argument names the target. */
    public static void fuzzerInitialize(String[] args) {
        target = Targets.named(args[0]);
    }

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (target != null) {
            run(target, input);
        }
    }

    /** Gives a target an input. */
    static void run(Target target, byte[] input) throws Exception {
        long allowed = ALLOWED + ALLOWED_PER_BYTE * input.length;
        if (taken(target, input) > allowed) {
            // Classes may have been loaded on the way, which is paid once. What an input itself takes, it takes again.
            long again = taken(target, input);
            Must.hold(again <= allowed, "memory is bounded: " + again + " bytes for an input of " + input.length);
        }
    }

    private static long taken(Target target, byte[] input) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        target.accept(input);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
