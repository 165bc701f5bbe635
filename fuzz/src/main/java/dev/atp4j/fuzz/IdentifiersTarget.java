// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.syntax.AtIdentifier;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Datetime;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.GenericUri;
import dev.atp4j.syntax.Handle;
import dev.atp4j.syntax.Language;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.RecordKey;
import dev.atp4j.syntax.SyntaxException;
import dev.atp4j.syntax.Tid;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The protocol's identifiers: asking and insisting agree, what was read is written as it was, and the scanners find what the
 * expressions of the specification do.
 */
final class IdentifiersTarget implements Target {

    private static final String LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    private static final String ALPHA = "[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";

    private static final Pattern DID = Pattern.compile("did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]");
    private static final Pattern HANDLE = Pattern.compile("(" + LABEL + "\\.)+" + ALPHA);
    private static final Pattern NSID = Pattern.compile(ALPHA + "(\\." + LABEL + ")+\\.[a-zA-Z][a-zA-Z0-9]{0,62}");
    private static final Pattern KEY = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9_~.:-]{1,512}");
    private static final Pattern TID = Pattern.compile("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-](0\\d|1\\d|2[0-3]):[0-5]\\d)");

    @Override
    public void accept(byte[] input) {
        String text = Text.of(input);
        boolean did = read(text, Did::tryParse, Did::parse);
        boolean handle = read(text, Handle::tryParse, Handle::parse);
        Must.agree(did, matches(DID, text, 2048), "a DID, by scanner and expression");
        Must.agree(handle, matches(HANDLE, text, 253), "a handle, by scanner and expression");
        Must.agree(
                read(text, AtIdentifier::tryParse, AtIdentifier::parse), did || handle, "an identifier of an account");
        boolean nsid = read(text, Nsid::tryParse, Nsid::parse);
        Must.agree(nsid, matches(NSID, text, 317), "an NSID, by scanner and expression");
        boolean key = read(text, RecordKey::tryParse, RecordKey::parse);
        Must.agree(key, matches(KEY, text, 512), "a record key, by scanner and expression");
        boolean tid = read(text, Tid::tryParse, Tid::parse);
        Must.agree(tid, matches(TID, text, 13), "a TID, by scanner and expression");
        if (tid) {
            Tid read = Tid.parse(text);
            Instant time = read.toInstant();
            long micros = time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
            // The first letter has room for one bit more than a TID of today may use.
            Must.hold(micros >= 1L << 53 || Tid.of(micros, read.clock()).equals(read), "a TID is made of its parts");
        }
        read(text, Language::tryParse, Language::parse);
        language(text);
        read(text, GenericUri::tryParse, GenericUri::parse);
        uri(text);
        cid(text);
        time(text);
    }

    /** Asks and insists. */
    private static <T> boolean read(String text, Function<String, Optional<T>> asking, Function<String, T> insisting) {
        Optional<T> asked = asking.apply(text);
        try {
            T insisted = insisting.apply(text);
            Must.agree(Optional.of(insisted), asked, "asking and insisting");
            Must.agree(insisted.toString(), text, "what is written and what was read");
        } catch (SyntaxException e) {
            Must.agree(asked, Optional.empty(), "asking and insisting");
            Must.hold(String.valueOf(e.getMessage()).length() < 1000, "a refusal is no longer than a person reads");
        }
        return asked.isPresent();
    }

    private static boolean matches(Pattern pattern, String text, int longest) {
        return text.length() <= longest && pattern.matcher(text).matches();
    }

    private static void uri(String text) {
        boolean read = read(text, AtUri::tryParse, AtUri::parse);
        String[] parts = text.split("/", -1);
        boolean parsed = text.length() <= 8192
                && text.startsWith("at://")
                && parts.length >= 3
                && parts.length <= 5
                && AtIdentifier.tryParse(parts[2]).isPresent()
                && (parts.length < 4 || Nsid.tryParse(parts[3]).isPresent())
                && (parts.length < 5 || RecordKey.tryParse(parts[4]).isPresent());
        Must.agree(read, parsed, "an AT URI and its parts");
    }

    private static void cid(String text) {
        if (!read(text, Cid::tryParse, Cid::parse)) {
            return;
        }
        byte[] bytes;
        try {
            bytes = Cid.parse(text).bytes();
        } catch (IllegalArgumentException e) {
            return; // only the outer form of a text is checked
        }
        Must.agree(Cid.ofBytes(bytes).value(), text, "a CID and its bytes");
    }

    private static void time(String text) {
        boolean read = read(text, Datetime::tryParse, Datetime::parse);
        OffsetDateTime other = null;
        if (text.length() <= 64 && TIME.matcher(text).matches() && !text.endsWith("-00:00")) {
            try {
                other = OffsetDateTime.parse(shortened(text));
            } catch (DateTimeException e) {
                // no such day, or an offset that the JDK does not know
            }
        }
        if (read && other != null) {
            Must.agree(Datetime.parse(text).toInstant(), other.toInstant(), "a time, to us and to the JDK");
        }
        Must.hold(
                other == null
                        || read
                        || other.toInstant().toString().startsWith("-")
                        || other.toInstant().toString().startsWith("+"),
                "what the JDK takes for a time, we do");
        if (read) {
            Datetime again = Datetime.of(Datetime.parse(text).toInstant());
            Must.hold(!again.toInstant().isAfter(Datetime.parse(text).toInstant()), "a time is cut and not moved");
        }
    }

    /** The JDK reads nine decimals at the most. */
    private static String shortened(String text) {
        return text.replaceFirst("(\\.\\d{9})\\d+", "$1");
    }

    /** What the JDK makes of a language tag is one, if the language is of two or three letters as the protocol wants it. */
    private static void language(String text) {
        if (text.isEmpty() || text.indexOf('_') >= 0 || text.length() > 128) {
            return;
        }
        try {
            String tag = new Locale.Builder().setLanguageTag(text).build().toLanguageTag();
            Must.hold(
                    !tag.matches("[a-z]{2,3}(-.*)?")
                            || tag.matches("(?i).*-([a-z0-9]{4,8})-(.*-)?\\1(-.*)?") // a variant comes twice
                            || Language.tryParse(tag).isPresent(),
                    "the JDK's tag is one to us: " + tag);
        } catch (IllformedLocaleException e) {
            // Its rules differ at the edges.
        }
    }
}
