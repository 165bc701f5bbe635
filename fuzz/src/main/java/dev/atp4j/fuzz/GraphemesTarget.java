// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import dev.atp4j.text.Graphemes;
import dev.atp4j.text.Utf8;
import java.nio.charset.StandardCharsets;

/** Characters as people see them: cut where ICU cuts, counted without a difference, and measured as they are encoded. */
final class GraphemesTarget implements Target {

    private final BreakIterator icu = BreakIterator.getCharacterInstance(ULocale.ROOT);

    @Override
    public void accept(byte[] input) {
        String text = Text.of(input);
        icu.setText(text);
        int count = 0;
        int at = icu.first();
        while (at < text.length()) {
            int next = Graphemes.next(text, at);
            Must.agree(next, icu.next(), "where a grapheme ends that begins at " + at);
            at = next;
            count++;
        }
        Must.agree(Graphemes.count(text), count, "how many there are");
        Must.hold(Graphemes.atMost(text, count), "it is no longer than it is");
        Must.hold(count == 0 || !Graphemes.atMost(text, count - 1), "it is longer than one less");
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        Must.agree(Utf8.length(whole), (long) whole.getBytes(StandardCharsets.UTF_8).length, "its length in bytes");
    }
}
