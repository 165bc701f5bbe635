// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.syntax.AtUri;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts that are not what their format asks for now, but that old records hold. */
final class LenientFormats {

    /** Dates and times of ISO 8601 without zone, seconds or separators, and with days that February does not have. */
    private static final Pattern ISO = Pattern.compile("\\d{4}([-/]?)(?:0[1-9]|1[0-2])\\1(?:0[1-9]|[12]\\d|3[01])"
            + "T(?:[01]\\d|2[0-4]):?[0-5]\\d(?::?(?:[0-5]\\d|60))?(?:\\.\\d{1,40})?(?:Z|[+-]\\d\\d:?\\d\\d)?");

    /** An authority and a collection, followed by anything that an address may hold, a query and a fragment. */
    private static final Pattern AT_URI =
            Pattern.compile("(at://[^/?#]+(?:/[a-zA-Z0-9.-]+)?)(?:/[a-zA-Z0-9._~:@!$&')(*+,;=%\\[\\]-]*)?"
                    + "/?(?:\\?[a-zA-Z0-9._~:@!$&')(*+,;=%/?-]*)?(?:#/[a-zA-Z0-9._~:@!$&')(*+,;=%\\[\\]/-]*)?");

    /** The grammar of BCP 47 as far as it can be told without regard to case and repetition. */
    private static final Pattern LANGUAGE =
            Pattern.compile("(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})(?:-[A-Za-z]{4})?"
                    + "(?:-(?:[A-Za-z]{2}|\\d{3}))?(?:-(?:[A-Za-z0-9]{5,8}|\\d[A-Za-z0-9]{3}))*"
                    + "(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*(?:-[xX](?:-[A-Za-z0-9]{1,8})+)?");

    private static final int MAX_DATETIME = 64;
    private static final int MAX_URI = 8192;

    private LenientFormats() {}

    static boolean datetime(String text) {
        return text.length() <= MAX_DATETIME && ISO.matcher(text).matches();
    }

    static boolean atUri(String text) {
        if (text.length() > MAX_URI) {
            return false;
        }
        Matcher uri = AT_URI.matcher(text);
        return uri.matches() && AtUri.tryParse(uri.group(1)).isPresent();
    }

    static boolean language(String text) {
        return text.length() <= 256 && LANGUAGE.matcher(text).matches();
    }
}
