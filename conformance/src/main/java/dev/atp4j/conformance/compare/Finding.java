// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

/**
 * What was observed of one client in one scenario.
 *
 * @param holds whether the scenario's sentence is true of it
 * @param seen in few words what was seen instead; empty if the sentence is true
 */
record Finding(boolean holds, String seen) {

    static final Finding HOLDS = new Finding(true, "");

    static Finding not(String seen) {
        return new Finding(false, seen);
    }

    /** A sentence that is true if this is, and what to say if it is not. */
    static Finding that(boolean condition, String otherwise) {
        return condition ? HOLDS : not(otherwise);
    }

    /** A sentence that is true if a call was served. */
    static Finding served(Reply reply) {
        return that(reply.served(), reply.words());
    }
}
