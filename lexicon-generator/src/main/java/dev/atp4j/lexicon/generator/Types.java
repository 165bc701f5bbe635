// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import com.palantir.javapoet.ClassName;
import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexValue;
import dev.atp4j.lex.Field;
import dev.atp4j.lex.LexAny;
import dev.atp4j.syntax.AtIdentifier;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Datetime;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import dev.atp4j.syntax.Language;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.RecordKey;
import dev.atp4j.syntax.Tid;
import java.util.Map;

/** The classes that generated code uses. */
final class Types {

    static final ClassName NULLABLE = ClassName.get("org.jspecify.annotations", "Nullable");

    /** The formats of strings that have a class. A {@code uri} has none: what is one is a matter of opinion. */
    static final Map<String, ClassName> FORMATS = Map.ofEntries(
            Map.entry("at-identifier", ClassName.get(AtIdentifier.class)),
            Map.entry("at-uri", ClassName.get(AtUri.class)),
            Map.entry("cid", ClassName.get(Cid.class)),
            Map.entry("datetime", ClassName.get(Datetime.class)),
            Map.entry("did", ClassName.get(Did.class)),
            Map.entry("handle", ClassName.get(Handle.class)),
            Map.entry("language", ClassName.get(Language.class)),
            Map.entry("nsid", ClassName.get(Nsid.class)),
            Map.entry("record-key", ClassName.get(RecordKey.class)),
            Map.entry("tid", ClassName.get(Tid.class)));

    private Types() {}

    /** Returns the class of a value as an object keeps it. */
    static ClassName kept(Shape shape) {
        return switch (shape.kind()) {
            case BOOLEAN -> ClassName.get(Boolean.class);
            case INTEGER -> ClassName.get(Long.class);
            case STRING -> ClassName.get(String.class);
            case BYTES -> ClassName.get(LexBytes.class);
            case LINK -> ClassName.get(Cid.class);
            case BLOB -> ClassName.get(BlobRef.class);
            case UNKNOWN -> ClassName.get(LexAny.class);
            case OBJECT -> shape.reference();
            case UNION -> ClassName.get(Object.class);
            case VALUE -> ClassName.get(LexValue.class);
        };
    }

    /** Returns the class of a value as an accessor gives it. */
    static ClassName given(Shape shape) {
        ClassName format = shape.format();
        if (format != null) {
            return format;
        }
        return shape.kind() == Field.Kind.UNION ? shape.reference() : kept(shape);
    }
}
