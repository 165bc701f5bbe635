// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Nsid;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The list of what was installed, {@code lexicons.json}, in the form that the official tools share. Immutable.
 *
 * @param lexicons the documents that were asked for, in the order of the alphabet
 * @param resolutions where each installed document came from, those that others need included
 */
public record LexiconManifest(SortedSet<Nsid> lexicons, SortedMap<Nsid, Resolution> resolutions) {

    private static final Comparator<Nsid> BY_NAME = Comparator.comparing(Nsid::value);

    /**
     * Where a document came from.
     *
     * @param uri the record
     * @param cid what its content is called
     */
    public record Resolution(AtUri uri, Cid cid) {

        /** Returns the repository, or empty if the address names it by its handle. */
        Optional<Did> repository() {
            return Did.tryParse(uri.authority().toString());
        }
    }

    /** Copies both, in the order of the alphabet. */
    public LexiconManifest {
        lexicons = sorted(lexicons);
        var copy = new TreeMap<Nsid, Resolution>(BY_NAME);
        copy.putAll(resolutions);
        resolutions = Collections.unmodifiableSortedMap(copy);
    }

    /**
     * Returns the manifest of a project that has none yet.
     *
     * @return an empty manifest
     */
    public static LexiconManifest empty() {
        return of(List.of(), Map.of());
    }

    static LexiconManifest of(Collection<Nsid> lexicons, Map<Nsid, Resolution> resolutions) {
        var byName = new TreeMap<Nsid, Resolution>(BY_NAME);
        byName.putAll(resolutions);
        return new LexiconManifest(sorted(lexicons), byName);
    }

    /**
     * Reads a manifest.
     *
     * @param json the file's content
     * @param source what problems call it
     * @return the manifest
     * @throws SourceException if it is none, or of another version than 1
     */
    public static LexiconManifest parse(byte[] json, String source) {
        LexMap tree;
        try {
            tree = LexJson.parseMapLenient(json);
        } catch (DataException e) {
            throw wrong(source, e.path(), e.rule());
        }
        if (!tree.getLong("version").equals(Optional.of(1L))) {
            throw wrong(source, "$.version", "only version 1 is known");
        }
        var lexicons = new TreeSet<>(BY_NAME);
        for (LexValue name :
                tree.getList("lexicons").orElseThrow(() -> wrong(source, "$.lexicons", "has to be a list"))) {
            lexicons.add(nsid(name instanceof LexString text ? text.value() : "", source, "$.lexicons"));
        }
        var resolutions = new TreeMap<Nsid, Resolution>(BY_NAME);
        LexMap all =
                tree.getMap("resolutions").orElseThrow(() -> wrong(source, "$.resolutions", "has to be an object"));
        all.fields().forEach((name, value) -> {
            Nsid id = nsid(name, source, "$.resolutions");
            resolutions.put(id, resolution(id, value, source));
        });
        return new LexiconManifest(lexicons, resolutions);
    }

    private static Resolution resolution(Nsid id, LexValue value, String source) {
        String path = "$.resolutions." + id;
        LexMap fields = value instanceof LexMap map ? map : LexMap.empty();
        AtUri uri = fields.getString("uri")
                .flatMap(AtUri::tryParse)
                .filter(address -> LexiconNetwork.COLLECTION.equals(address.collection())
                        && address.rkey() != null
                        && address.rkey().value().equals(id.value()))
                .orElseThrow(
                        () -> wrong(source, path + ".uri", "has to be the at:// address of that lexicon's record"));
        Cid cid = fields.getString("cid")
                .flatMap(Cid::tryParse)
                .orElseThrow(() -> wrong(source, path + ".cid", "has to be a CID"));
        return new Resolution(uri, cid);
    }

    private static Nsid nsid(String text, String source, String path) {
        return Nsid.tryParse(text).orElseThrow(() -> wrong(source, path, "has a name that is no NSID"));
    }

    private static SourceException wrong(String source, String path, String what) {
        return new SourceException("the manifest " + source + " cannot be used: " + path + " " + what, null);
    }

    /**
     * Writes the manifest.
     *
     * @return JSON, the same for the same content
     */
    public byte[] toJson() {
        var names = lexicons.stream()
                .map(id -> (LexValue) new LexString(id.value()))
                .toList();
        var places = LexMap.builder();
        resolutions.forEach((id, resolution) -> places.put(
                id.value(),
                LexMap.builder()
                        .put("uri", resolution.uri().toString())
                        .put("cid", resolution.cid().value())
                        .build()));
        return PrettyJson.write(LexMap.builder()
                .put("version", 1)
                .put("lexicons", new LexList(names))
                .put("resolutions", places.build())
                .build());
    }

    private static SortedSet<Nsid> sorted(Collection<Nsid> ids) {
        var copy = new TreeSet<>(BY_NAME);
        copy.addAll(ids);
        return Collections.unmodifiableSortedSet(copy);
    }
}
