// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import com.palantir.javapoet.CodeBlock;
import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.Def.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes comments: what the lexicon says in words, and what it says in numbers. */
final class Prose {

    private static final Pattern DEPRECATED =
            Pattern.compile("^\\W*(?i:deprecated)\\b|\\bDEPRECATED\\b|\\((?i:deprecated)\\b");
    private static final Pattern PLAIN = Pattern.compile("[\\w.#*:/!, -]+");
    private static final int WIDTH = 100;

    private Prose() {}

    static boolean isDeprecated(@Nullable String description) {
        return description != null && DEPRECATED.matcher(description).find();
    }

    static boolean isExperimental(String nsid) {
        return nsid.contains(".unspecced.") || nsid.contains(".temp.");
    }

    /** Returns a text for a comment, with what a comment would take for markup made harmless, in lines. */
    static String text(String text) {
        String safe = escape(text.strip().replaceAll("\\s+", " "));
        StringBuilder lines = new StringBuilder();
        int width = 0;
        for (String word : safe.split(" ")) {
            if (width > 0 && width + 1 + word.length() > WIDTH) {
                lines.append('\n');
                width = 0;
            } else if (width > 0) {
                lines.append(' ');
                width++;
            }
            lines.append(word);
            width += word.length();
        }
        return lines.toString();
    }

    /** Returns a sentence: the description if there is one, else what is given. */
    static String sentence(@Nullable String description, String otherwise) {
        if (description == null || description.isBlank()) {
            return otherwise;
        }
        String text = text(Words.upper(description.strip()));
        return text.matches("(?s).*[.!?:;)]$") ? text : text + ".";
    }

    /** Returns words of the protocol as code. */
    static String code(String text) {
        return PLAIN.matcher(text).matches() && !text.contains("*/")
                ? "{@code " + text + "}"
                : "<code>" + escape(text) + "</code>";
    }

    private static String escape(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '@' -> safe.append("&#64;");
                case '{' -> safe.append("&#123;");
                case '}' -> safe.append("&#125;");
                case '\\' -> safe.append("&#92;");
                case '/' -> safe.append(i > 0 && text.charAt(i - 1) == '*' ? "&#47;" : "/");
                default -> safe.append(c < ' ' ? ' ' : c);
            }
        }
        return safe.toString();
    }

    /** Returns what a lexicon demands of a value, as words after a colon, or nothing. */
    static CodeBlock facts(Shape shape, boolean item) {
        List<CodeBlock> facts = new ArrayList<>();
        Schema schema = shape.schema();
        if (schema instanceof Schema.StringSchema text) {
            if ("uri".equals(text.format())) {
                facts.add(CodeBlock.of("a URI"));
            }
            range(facts, text.minLength(), text.maxLength(), "bytes");
            range(facts, text.minGraphemes(), text.maxGraphemes(), "graphemes");
            same(facts, text.constant(), text.defaultValue());
            if (shape.type() != null) {
                facts.add(CodeBlock.of(
                        text.enumeration().isEmpty()
                                ? "one of those in {@link $T}, or a newer one"
                                : "one of those in {@link $T}",
                        shape.type()));
            }
        } else if (schema instanceof Schema.IntegerSchema number) {
            range(facts, number.minimum(), number.maximum(), "");
            if (!number.enumeration().isEmpty()) {
                facts.add(CodeBlock.of("one of $L", number.enumeration()));
            }
            same(facts, number.constant(), number.defaultValue());
        } else if (schema instanceof Schema.BooleanSchema flag) {
            same(facts, flag.constant(), flag.defaultValue());
        } else if (schema instanceof Schema.BytesSchema bytes) {
            range(facts, bytes.minLength(), bytes.maxLength(), "bytes");
        } else if (schema instanceof Schema.BlobSchema blob) {
            if (!blob.accept().isEmpty()) {
                facts.add(CodeBlock.of("$L", code(String.join(", ", blob.accept()))));
            }
            range(facts, null, blob.maxSize(), "bytes");
        }
        return facts.isEmpty()
                ? CodeBlock.of("")
                : CodeBlock.of(shape.list() && !item ? ", each $L" : ", $L", CodeBlock.join(facts, ", "));
    }

    /** Returns how many items a list may have, as words after a comma, or nothing. */
    static CodeBlock items(Schema schema) {
        List<CodeBlock> facts = new ArrayList<>();
        if (schema instanceof Schema.ArraySchema array) {
            range(facts, array.minLength(), array.maxLength(), "items");
        }
        return facts.isEmpty() ? CodeBlock.of("") : CodeBlock.of(", $L", CodeBlock.join(facts, ", "));
    }

    private static void range(List<CodeBlock> facts, @Nullable Long min, @Nullable Long max, String unit) {
        String end = unit.isEmpty() ? "" : " " + unit;
        if (min != null && max != null) {
            facts.add(min.equals(max) ? CodeBlock.of("$L$L", min, end) : CodeBlock.of("$L to $L$L", min, max, end));
        } else if (min != null) {
            facts.add(CodeBlock.of("at least $L$L", min, end));
        } else if (max != null) {
            facts.add(CodeBlock.of("at most $L$L", max, end));
        }
    }

    private static void same(List<CodeBlock> facts, @Nullable Object constant, @Nullable Object defaultValue) {
        if (constant != null) {
            facts.add(CodeBlock.of("always $L", code(constant.toString())));
        }
        if (defaultValue != null) {
            facts.add(CodeBlock.of("by default $L", code(defaultValue.toString())));
        }
    }

    /** Returns what a method's errors are, or nothing. */
    static @Nullable String description(Def def) {
        String own = def.description();
        return own != null || !(def instanceof Def.RecordDef record)
                ? own
                : record.value().description();
    }
}
