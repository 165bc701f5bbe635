// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Datetime;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.GenericUri;
import dev.atp4j.syntax.Handle;
import dev.atp4j.syntax.Language;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.RecordKey;
import dev.atp4j.syntax.Tid;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The formats of strings. Three of them have a lenient form, for what old records hold. */
enum Format {
    AT_IDENTIFIER("at-identifier", Format::atIdentifier),
    AT_URI("at-uri", text -> AtUri.tryParse(text).isPresent(), LenientFormats::atUri),
    CID("cid", text -> Cid.tryParse(text).isPresent()),
    DATETIME("datetime", text -> Datetime.tryParse(text).isPresent(), LenientFormats::datetime),
    DID("did", text -> Did.tryParse(text).isPresent()),
    HANDLE("handle", text -> Handle.tryParse(text).isPresent()),
    LANGUAGE("language", text -> Language.tryParse(text).isPresent(), LenientFormats::language),
    NSID("nsid", text -> Nsid.tryParse(text).isPresent()),
    RECORD_KEY("record-key", text -> RecordKey.tryParse(text).isPresent()),
    TID("tid", text -> Tid.tryParse(text).isPresent()),
    URI("uri", text -> GenericUri.tryParse(text).isPresent());

    private static final Map<String, Format> BY_NAME = new HashMap<>();

    static {
        for (Format format : values()) {
            BY_NAME.put(format.name, format);
        }
    }

    private final String name;
    private final Predicate<String> strict;
    private final Predicate<String> lenient;

    Format(String name, Predicate<String> strict) {
        this(name, strict, text -> false);
    }

    Format(String name, Predicate<String> strict, Predicate<String> lenient) {
        this.name = name;
        this.strict = strict;
        this.lenient = lenient;
    }

    /** Returns the format of this name, or null if the language has none. */
    static @Nullable Format of(String name) {
        return BY_NAME.get(name);
    }

    boolean fits(String text, boolean strictly) {
        return strict.test(text) || (!strictly && lenient.test(text));
    }

    private static boolean atIdentifier(String text) {
        return text.startsWith("did:")
                ? Did.tryParse(text).isPresent()
                : Handle.tryParse(text).isPresent();
    }

    @Override
    public String toString() {
        return name;
    }
}
