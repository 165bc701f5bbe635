// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The processes of one client: what a scenario left in order serves the next one. Confined to one thread. */
final class Drivers implements AutoCloseable {

    private final ProcessBuilder command;
    private final Deque<Driver> idle = new ArrayDeque<>();
    private final List<Driver> busy = new ArrayList<>();

    Drivers(ProcessBuilder command) {
        this.command = command;
    }

    Driver take() {
        return idle.isEmpty() ? fresh() : used(idle.pop());
    }

    Driver fresh() {
        return used(Driver.start(command));
    }

    private Driver used(Driver driver) {
        busy.add(driver);
        return driver;
    }

    /** Ends a scenario. */
    void giveBack() {
        for (Driver driver : busy) {
            if (driver.reusable()) {
                idle.add(driver);
            } else {
                driver.kill();
            }
        }
        busy.clear();
    }

    @Override
    public void close() {
        giveBack();
        idle.forEach(Driver::close);
    }
}
