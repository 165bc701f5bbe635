// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

/** A reader of what strangers wrote, with all that must hold of it whatever they wrote. */
@FunctionalInterface
public interface Target {

    /**
     * Gives the reader an input, and looks at what it makes of it.
     *
     * @param input any bytes
     * @throws Exception if the reader throws what it does not declare: a finding
     * @throws Broken if something does not hold: a finding too
     */
    void accept(byte[] input) throws Exception;
}
