// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A namespaced identifier, the name of a lexicon, such as {@code com.atproto.server.getSession}.
 *
 * <p>It is a domain name in reverse order, its first label starting with a letter, and then a name of letters and digits
 * that starts with a letter; every part has 63 characters at most, the whole 317.
 *
 * @param value the NSID's text
 */
public record Nsid(String value) {

    private static final int MAX_LENGTH = 317;

    /**
     * Checks the text.
     *
     * @throws SyntaxException if the text is no NSID
     */
    public Nsid {
        String fault = fault(value);
        if (fault != null) {
            throw new SyntaxException("NSID", value, fault);
        }
    }

    /**
     * Reads an NSID.
     *
     * @param text the text to read
     * @return the NSID
     * @throws SyntaxException if the text is no NSID
     */
    public static Nsid parse(String text) {
        return new Nsid(text);
    }

    /**
     * Reads an NSID if the text is one.
     *
     * @param text the text to read
     * @return the NSID, or empty if the text is none
     */
    public static Optional<Nsid> tryParse(String text) {
        return fault(text) == null ? Optional.of(new Nsid(text)) : Optional.empty();
    }

    /**
     * Returns the domain that the lexicon belongs to, in the order of domain names.
     *
     * @return the domain, such as {@code server.atproto.com}
     */
    public String authority() {
        var labels = Arrays.asList(value.substring(0, value.lastIndexOf('.')).split("\\."));
        Collections.reverse(labels);
        return String.join(".", labels);
    }

    /**
     * Returns the last part.
     *
     * @return the name, such as {@code getSession}
     */
    public String name() {
        return value.substring(value.lastIndexOf('.') + 1);
    }

    /** Returns the NSID's text. */
    @Override
    public String toString() {
        return value;
    }

    private static @Nullable String fault(String text) {
        if (text.length() > MAX_LENGTH) {
            return "is longer than " + MAX_LENGTH + " characters";
        }
        String fault = Labels.fault(text);
        if (fault != null) {
            return fault;
        }
        int name = text.lastIndexOf('.') + 1;
        if (text.indexOf('.') == name - 1) {
            return "has fewer than three parts";
        }
        if (!Ascii.letter(text.charAt(0))) {
            return Ascii.found(text, 0) + ", and the first part starts with a letter";
        }
        if (!Ascii.letter(text.charAt(name))) {
            return Ascii.found(text, name) + ", and the name starts with a letter";
        }
        int hyphen = text.indexOf('-', name);
        if (hyphen > 0) {
            return Ascii.found(text, hyphen) + ", and the name is made of a-z, A-Z and 0-9";
        }
        return null;
    }
}
