// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

/**
 * A sentence and the way to find out whether it is true of a world.
 *
 * @param id a short name, unique and stable
 * @param sentence what has to be true
 * @param setting the kind of server it is about
 * @param check throws if the sentence is false
 */
public record Scenario(String id, String sentence, Setting setting, Check check) {

    /** How a server is set up. */
    public enum Setting {
        /** As a PDS is out of the box: no DID document in session answers, no rate limits. */
        PLAIN,
        /** Session answers carry the account's DID document. */
        DID_DOC,
        /** Rate limits are on. */
        RATE_LIMITS
    }

    /** Finds out whether a sentence is true. */
    @FunctionalInterface
    public interface Check {

        /**
         * Tries it.
         *
         * @param world where to try
         * @throws Exception if it cannot be found out; an {@link AssertionError} if the sentence is false
         */
        void in(World world) throws Exception;
    }

    static Scenario of(String id, String sentence, Check check) {
        return new Scenario(id, sentence, Setting.PLAIN, check);
    }

    Scenario with(Setting other) {
        return new Scenario(id, sentence, other, check);
    }
}
