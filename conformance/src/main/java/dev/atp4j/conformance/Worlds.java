// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import java.util.EnumMap;
import java.util.Map;

/** The worlds of one kind, one for each setting, started when they are needed. Confined to one scenario at a time. */
public final class Worlds implements AutoCloseable {

    /** Starts a world. */
    @FunctionalInterface
    public interface Factory {
        World start(Scenario.Setting setting) throws Exception;
    }

    private final Factory factory;
    private final Map<Scenario.Setting, World> started = new EnumMap<>(Scenario.Setting.class);

    public Worlds(Factory factory) {
        this.factory = factory;
    }

    /** Returns the world of a setting, cleared for the next scenario. */
    public World get(Scenario.Setting setting) throws Exception {
        World world = started.get(setting);
        if (world == null) {
            world = factory.start(setting);
            started.put(setting, world);
        }
        world.begin();
        return world;
    }

    @Override
    public void close() {
        started.values().forEach(World::close);
    }
}
