// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexValue;
import java.io.PrintWriter;
import java.util.function.Supplier;

/**
 * Writes what a command has to say: the answer, as lines for people or as one JSON object, and remarks beside it. Servers
 * have a say in these texts, so nothing but plain characters reaches the terminal. Thread-safe as its writers are.
 */
final class Output {

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    Output(Surroundings surroundings, boolean json) {
        this.out = surroundings.out();
        this.err = surroundings.err();
        this.json = json;
    }

    /** Writes a line of an answer for people; nothing if the answer is to be JSON. */
    void line(String text) {
        if (!json) {
            out.println(plain(text));
            out.flush();
        }
    }

    /** Writes the whole answer if it is to be JSON. */
    void json(Supplier<? extends LexValue> answer) {
        if (json) {
            always(answer.get());
        }
    }

    /** Writes an answer that is JSON in any case. */
    void always(LexValue answer) {
        out.println(LexJson.toString(answer));
        out.flush();
    }

    /** Writes a line beside the answer. */
    void remark(String text) {
        err.println(plain(text));
        err.flush();
    }

    /** Returns a text with a space in place of every character that could do something to a terminal. */
    static String plain(String text) {
        var plain = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> ' ';
                    default -> c;
                })
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
