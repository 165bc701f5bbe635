// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import org.jspecify.annotations.Nullable;

/** The dot-separated labels of a domain name, in either direction: handles and NSIDs are made of them. */
final class Labels {

    private static final int MAX_LENGTH = 63;

    private Labels() {}

    /**
     * Checks that a text is labels of letters, digits and inner hyphens with single dots between them.
     *
     * @return the broken rule, or null if none is
     */
    static @Nullable String fault(String text) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                if (i == start) {
                    return "has an empty label at index " + i;
                }
                if (i - start > MAX_LENGTH) {
                    return "has a label of more than " + MAX_LENGTH + " characters at index " + start;
                }
                if (text.charAt(start) == '-') {
                    return Ascii.found(text, start) + ", where a label starts";
                }
                if (text.charAt(i - 1) == '-') {
                    return Ascii.found(text, i - 1) + ", where a label ends";
                }
                start = i + 1;
            } else if (!Ascii.alphanumeric(c) && c != '-') {
                return Ascii.found(text, i) + ", and labels are made of a-z, A-Z, 0-9 and hyphens";
            }
        }
        return null;
    }
}
