// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.bluesky.PictureTarget;
import dev.atp4j.http.apache.HeadTarget;
import dev.atp4j.lexicon.source.ArchiveTarget;
import dev.atp4j.session.store.FileNameTarget;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All targets by their names. */
final class Targets {

    private static final Map<String, Supplier<Target>> ALL = all();

    private Targets() {}

    private static Map<String, Supplier<Target>> all() {
        Map<String, Supplier<Target>> all = new LinkedHashMap<>();
        // what is stored, and what is pasted in
        all.put("jwt", JwtTarget::new);
        all.put("state", StateTarget::new);
        all.put("note", NoteTarget::new);
        all.put("sealed", SealedTarget::new);
        all.put("file-name", FileNameTarget::new);
        all.put("saved-form", SavedFormTarget::new);
        all.put("login-url", LoginUrlTarget::new);
        // who somebody is, and where tokens may go
        all.put("identifiers", IdentifiersTarget::new);
        all.put("did-document", DidDocumentTarget::new);
        all.put("origin", OriginTarget::new);
        // what servers send, and what is sent to them
        all.put("answer", AnswerTarget::new);
        all.put("head", HeadTarget::new);
        all.put("headers", HeadersTarget::new);
        all.put("json", JsonTarget::new);
        all.put("json-lines", JsonLinesTarget::new);
        all.put("cbor", CborTarget::new);
        all.put("car", CarTarget::new);
        all.put("typed", TypedTarget::new);
        all.put("lexicon", LexiconTarget::new);
        all.put("validator", ValidatorTarget::new);
        all.put("archive", ArchiveTarget::new);
        all.put("manifest", ManifestTarget::new);
        // what people write
        all.put("arguments", ArgumentsTarget::new);
        all.put("facets", FacetsTarget::new);
        all.put("graphemes", GraphemesTarget::new);
        all.put("picture", PictureTarget::new);
        return Collections.unmodifiableMap(all);
    }

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** Makes a target. Each has what it needs to itself, so that no two get into each other's way. */
    static Target named(String name) {
        Supplier<Target> target = ALL.get(name);
        if (target == null) {
            throw new IllegalArgumentException("no target \"" + name + "\"; there are " + String.join(", ", names()));
        }
        return target.get();
    }
}
