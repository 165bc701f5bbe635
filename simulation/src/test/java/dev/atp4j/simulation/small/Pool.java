// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.small;

import dev.atp4j.session.kernel.SessionState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers for the parts of moments, so that moments are small and quickly compared: there are far fewer parts than moments. */
final class Pool {

    private final Map<SessionState, Integer> records = new HashMap<>();
    private final Map<SmallServer, Integer> servers = new HashMap<>();
    private final Map<Process, Integer> processes = new HashMap<>();

    /** A moment, in numbers. */
    record Place(
            int stored,
            int server,
            int one,
            int other,
            Moment.Logout logout,
            @Nullable Fault fault,
            Moment.@Nullable Late late,
            int ends) {}

    Place place(Moment moment) {
        return new Place(
                number(records, moment.stored()),
                number(servers, moment.server()),
                number(processes, moment.one()),
                number(processes, moment.other()),
                moment.logout(),
                moment.fault(),
                moment.late(),
                moment.ends());
    }

    private static <T> int number(Map<T, Integer> numbers, T part) {
        Integer known = numbers.putIfAbsent(part, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }
}
