// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.fuzz.Must;
import dev.atp4j.fuzz.Target;
import dev.atp4j.fuzz.Text;
import dev.atp4j.syntax.Did;
import java.util.Locale;
import java.util.Optional;

/**
 * Names of files about sessions: each is of one session only, even where capital letters do not count; it leads out of no folder;
 * and a name that was not made for a session belongs to none.
 */
public final class FileNameTarget implements Target {

    @Override
    public void accept(byte[] input) {
        String text = Text.of(input);
        RecordName.parse(text).ifPresent(key -> Must.agree(RecordName.of(key), text, "a name and that of its session"));
        int end = text.indexOf('\n');
        String slot = end < 0 ? "default" : text.substring(end + 1);
        Did did = Did.tryParse(end < 0 ? text : text.substring(0, end)).orElse(null);
        if (did == null) {
            return;
        }
        SessionKey key;
        try {
            key = new SessionKey(did, slot);
        } catch (IllegalArgumentException e) {
            return;
        }
        String name;
        try {
            name = RecordName.of(key);
        } catch (StoreException e) {
            Must.agree(e.kind(), StoreException.Kind.UNSAFE, "why there is no name");
            return;
        }
        Must.agree(RecordName.parse(name), Optional.of(key), "a session and that of its name");
        Must.agree(name.toLowerCase(Locale.ROOT), name, "capital letters do not count");
        Must.hold(name.length() <= RecordName.LONGEST, "a name leaves room for what is put behind it");
        Must.hold(
                name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "._=-".indexOf(c) >= 0),
                "a name leads out of no folder");
    }
}
