// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import org.jspecify.annotations.Nullable;

/**
 * What came of one case.
 *
 * @param known why we disagree on purpose, or null
 * @param difference what differs, or null if that is nothing, or is known
 */
record Verdict(@Nullable Known known, @Nullable String difference) {

    static final Verdict SAME = new Verdict(null, null);

    static Verdict of(Known known) {
        return new Verdict(known, null);
    }

    static Verdict different(String difference) {
        return new Verdict(null, difference);
    }

    /** Compares two answers to the same question. */
    static Verdict same(String what, Object ours, Object theirs) {
        return ours.equals(theirs) ? SAME : different(what + ": ours " + ours + ", theirs " + theirs);
    }
}
