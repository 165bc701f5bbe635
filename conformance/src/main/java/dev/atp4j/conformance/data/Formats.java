// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import dev.atp4j.conformance.data.Beside.Group;
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
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every string format: is this text one? */
final class Formats {

    private static final int CASES = 4_000;

    private Formats() {}

    /**
     * A format.
     *
     * @param name its name in lexicons
     * @param reader reads a text, if it is one
     * @param example makes a text that mostly is one
     */
    record Format(String name, Function<String, Optional<?>> reader, Function<Texts, String> example) {

        boolean accepts(String text) {
            return reader.apply(text).isPresent();
        }
    }

    static final List<Format> ALL = List.of(
            new Format("at-identifier", AtIdentifier::tryParse, t -> t.pick(t.did(), t.handle())),
            new Format("at-uri", AtUri::tryParse, Texts::atUri),
            new Format("cid", Cid::tryParse, Texts::cid),
            new Format("datetime", Datetime::tryParse, Texts::datetime),
            new Format("did", Did::tryParse, Texts::did),
            new Format("handle", Handle::tryParse, Texts::handle),
            new Format("language", Language::tryParse, Texts::language),
            new Format("nsid", Nsid::tryParse, Texts::nsid),
            new Format("record-key", RecordKey::tryParse, Texts::key),
            new Format("tid", Tid::tryParse, Texts::tid),
            new Format("uri", GenericUri::tryParse, Texts::uri));

    static List<Group> groups(long seed) {
        return ALL.stream().map(format -> group(seed, format)).toList();
    }

    private static Group group(long seed, Format format) {
        String id = "format " + format.name();
        Random random = Group.random(seed, id);
        var texts = new Texts(random);
        return new Group(id, CASES, () -> {
            String text = format.example().apply(texts);
            for (int damage = random.nextInt(3); damage > 0; damage--) {
                text = texts.damaged(text);
            }
            return one(format, text);
        });
    }

    private static Case one(Format format, String text) {
        return new Case(Peer.question("format", format.name(), text), "<" + text + ">", answer -> {
            boolean ours = format.accepts(text);
            boolean theirs = Case.ok(answer);
            if (ours == theirs) {
                return Verdict.SAME;
            }
            Known known = ours ? weAccept(format, text) : weRefuse(format, text);
            return known == null ? Verdict.same(format.name(), ours, theirs) : Verdict.of(known);
        });
    }

    private static @Nullable Known weAccept(Format format, String text) {
        return switch (format.name()) {
            case "cid" -> text.length() > 128 || !isCidInside(text) ? Known.CID_TEXT : null;
            case "language" -> text.matches("(?i)i-[a-z]+|en-gb-oed|sgn-[a-z]{2}-[a-z]{2}") ? Known.LETTER_CASE : null;
            case "uri" -> text.matches("[\\w+.-]*[+.-][\\w+.-]*:.*|\\w+:(//)?/.*") ? Known.URI_FORM : null;
            default -> null;
        };
    }

    private static @Nullable Known weRefuse(Format format, String text) {
        return switch (format.name()) {
            case "at-uri" ->
                text.contains("#") && format.accepts(text.substring(0, text.indexOf('#'))) ? Known.FRAGMENT : null;
            case "datetime" ->
                text.matches("\\d{4}-(?:02-(29|30|31)|(?:04|06|09|11)-31)T.*") ? Known.NO_SUCH_DAY : null;
            case "uri" ->
                text.matches("(?s)\\d.*|\\w*_\\w*:.*|.*[^!-~].*") || text.length() > 8192 ? Known.NO_URI : null;
            default -> null;
        };
    }

    private static boolean isCidInside(String text) {
        try {
            return Cid.parse(text).bytes().length > 0;
        } catch (SyntaxException e) {
            return false;
        }
    }
}
