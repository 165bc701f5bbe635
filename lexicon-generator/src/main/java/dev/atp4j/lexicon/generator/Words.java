// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Makes Java's names out of the protocol's. */
final class Words {

    /** What programs have in scope without asking, or nearly so; a class of such a name would be in the way. */
    private static final Set<String> COMMON = Set.of(
            "Appendable",
            "AutoCloseable",
            "Boolean",
            "Byte",
            "CharSequence",
            "Character",
            "Class",
            "ClassLoader",
            "Cloneable",
            "Collection",
            "Comparable",
            "Deprecated",
            "Double",
            "Enum",
            "Error",
            "Exception",
            "Float",
            "FunctionalInterface",
            "IO",
            "Integer",
            "Iterable",
            "Iterator",
            "List",
            "Long",
            "Map",
            "Math",
            "Module",
            "Number",
            "Object",
            "Optional",
            "Override",
            "Package",
            "Process",
            "Readable",
            "Record",
            "Runnable",
            "Runtime",
            "RuntimeException",
            "SafeVarargs",
            "Set",
            "Short",
            "StackWalker",
            "String",
            "StringBuffer",
            "StringBuilder",
            "SuppressWarnings",
            "System",
            "Thread",
            "Throwable",
            "Void");

    private Words() {}

    /** Returns the name of a class: {@code replyRef} gives {@code ReplyRef}. */
    static String type(String name) {
        StringBuilder type = new StringBuilder();
        parts(name).forEach(part -> type.append(upper(part)));
        return start(type.isEmpty() ? "Unnamed" : type.toString());
    }

    /** Returns the name of a class that is in nobody's way: {@code record} gives {@code RecordDef}. */
    static String definition(String name) {
        String type = type(name);
        return COMMON.contains(type) ? type + "Def" : type;
    }

    /** Returns the name of a method or variable: {@code cid-link} gives {@code cidLink}. */
    static String member(String name) {
        List<String> parts = parts(name);
        if (parts.isEmpty()) {
            return "unnamed";
        }
        StringBuilder member = new StringBuilder();
        for (String part : parts) {
            member.append(member.isEmpty() ? lower(part) : upper(part));
        }
        return keyword(start(member.toString()));
    }

    /** Returns the name of a constant: {@code like-via-repost} gives {@code LIKE_VIA_REPOST}. */
    static String constant(String name) {
        String spaced = name.replaceAll("([\\p{Ll}\\p{Nd}])(\\p{Lu})", "$1_$2");
        String constant = String.join("_", parts(spaced)).toUpperCase(Locale.ROOT);
        return start(constant.isEmpty() ? "UNNAMED" : constant);
    }

    /** Returns a segment of an NSID as one of a package, or as a name within a facade. */
    static String segment(String segment) {
        return keyword(start(segment.replaceAll("[^\\p{Alnum}]", "_")));
    }

    /** Returns what one item is called: {@code facets} gives {@code facet}. */
    static String singular(String name) {
        if (name.endsWith("ies") && name.length() > 4) {
            return name.substring(0, name.length() - 3) + "y";
        }
        if (name.endsWith("sses") || name.endsWith("xes") || name.endsWith("ches") || name.endsWith("shes")) {
            return name.substring(0, name.length() - 2);
        }
        if (name.endsWith("s") && !name.endsWith("ss") && !name.endsWith("us") && name.length() > 2) {
            return name.substring(0, name.length() - 1);
        }
        return name;
    }

    static String upper(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String lower(String word) {
        return word.equals(word.toUpperCase(Locale.ROOT))
                ? word.toLowerCase(Locale.ROOT)
                : word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
    }

    private static String start(String name) {
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    private static String keyword(String name) {
        return SourceVersion.isKeyword(name, SourceVersion.RELEASE_17) ? name + "_" : name;
    }

    private static List<String> parts(String name) {
        List<String> parts = new ArrayList<>();
        for (String part : name.split("[^\\p{Alnum}]+")) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return parts;
    }
}
