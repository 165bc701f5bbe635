// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import dev.atp4j.data.LexMap;
import java.util.function.Function;

/**
 * One question to the peer.
 *
 * @param question the line to send
 * @param shown what it is about, for people
 * @param check compares the answer with ours
 */
record Case(String question, String shown, Function<LexMap, Verdict> check) {

    static boolean ok(LexMap answer) {
        return answer.getBoolean("ok").orElse(false);
    }

    static String text(LexMap answer, String name) {
        return answer.getString(name).orElse("");
    }
}
