// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.text.Shown;

/** Text that a server made and a person or a log shall read. */
final class ServerText {

    private ServerText() {}

    /**
     * Makes a text harmless: characters that are not seen, change direction or break the line become one space, and what is
     * longer than so many characters is cut.
     */
    static String clean(String text, int limit) {
        var clean = new StringBuilder(Math.min(text.length(), limit + 1));
        boolean gap = false;
        int shown = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Shown.isUnseen(c) || Character.isSpaceChar(c)) {
                gap = !clean.isEmpty();
                continue;
            }
            if (shown + (gap ? 1 : 0) >= limit) {
                return clean.append('…').toString();
            }
            if (gap) {
                clean.append(' ');
                shown++;
                gap = false;
            }
            clean.appendCodePoint(c);
            shown++;
        }
        return clean.toString();
    }
}
