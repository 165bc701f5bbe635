// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import dev.atp4j.conformance.data.Beside.Tally;
import dev.atp4j.conformance.data.Formats.Format;
import dev.atp4j.data.DagCbor;
import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.lexicon.LexiconException;
import dev.atp4j.lexicon.LexiconReader;
import dev.atp4j.lexicon.Lexicons;
import dev.atp4j.lexicon.Validator;
import dev.atp4j.lexicon.Violation;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.RecordKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Runs the protocol's test vectors, as they lie in {@code bluesky-social/atproto-interop-tests}: what concerns data, syntax and
 * lexicons, not keys, trees and streams of repositories.
 */
public final class Vectors {

    private static final String SUFFIXES = "_(syntax|parse)_(in)?valid\\.txt";

    private final Path folder;

    /**
     * Takes a checkout.
     *
     * @param folder its folder
     */
    public Vectors(Path folder) {
        this.folder = folder;
    }

    /**
     * Runs all files that are there.
     *
     * @return one group for each file
     * @throws IOException if files cannot be read, or none is there
     */
    public List<Tally> run() throws IOException {
        List<Tally> tallies = new ArrayList<>();
        for (Path file : files("syntax", ".*" + SUFFIXES)) {
            syntax(file).ifPresent(tallies::add);
        }
        json("data-model/data-model-valid.json", tallies, each -> data(each, true));
        json("data-model/data-model-invalid.json", tallies, each -> data(each, false));
        json("data-model/data-model-fixtures.json", tallies, Vectors::fixture);
        json("lexicon/lexicon-valid.json", tallies, each -> lexicon(each, true));
        json("lexicon/lexicon-invalid.json", tallies, each -> lexicon(each, false));
        Validator validator = Validator.strict(Lexicons.of(catalog()));
        json(
                "lexicon/record-data-valid.json",
                tallies,
                each -> violations(validator, each).isEmpty());
        json(
                "lexicon/record-data-invalid.json",
                tallies,
                each -> !violations(validator, each).isEmpty());
        if (tallies.isEmpty()) {
            throw new NoSuchFileException(folder.toString(), null, "no test vectors are there");
        }
        return tallies;
    }

    /** One text a line; lines that are empty or begin with # are none. */
    private Optional<Tally> syntax(Path file) throws IOException {
        String name = file.getFileName().toString();
        String kind = name.replaceFirst(SUFFIXES, "");
        Optional<Format> format = Formats.ALL.stream()
                .filter(each -> each.name().replace("-", "").equals(kind))
                .findFirst();
        if (format.isEmpty()) {
            return Optional.empty();
        }
        boolean valid = !name.contains("invalid");
        List<String> texts = Files.readString(file)
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        Set<String> differences = new LinkedHashSet<>();
        for (String text : texts) {
            if (format.get().accepts(text) != valid) {
                differences.add("<" + text + ">");
            }
        }
        return Optional.of(new Tally("syntax/" + name, texts.size(), Map.of(), differences));
    }

    private void json(String name, List<Tally> tallies, Predicate<Map<String, String>> check) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return;
        }
        List<Map<String, String>> cases = RawCases.of(Files.readString(file));
        Set<String> differences = new LinkedHashSet<>();
        for (Map<String, String> each : cases) {
            if (!check.test(each)) {
                differences.add(each.toString());
            }
        }
        tallies.add(new Tally(name, cases.size(), Map.of(), differences));
    }

    private List<LexiconDoc> catalog() throws IOException {
        List<LexiconDoc> documents = new ArrayList<>();
        for (Path file : files("lexicon/catalog", ".*\\.json")) {
            documents.add(LexiconReader.parseLenient(Files.readAllBytes(file), file.toString())
                    .doc());
        }
        return documents;
    }

    private List<Path> files(String name, String pattern) throws IOException {
        if (!Files.isDirectory(folder.resolve(name))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        }
    }

    private static boolean data(Map<String, String> each, boolean valid) {
        return read(part(each, "json")).filter(LexMap.class::isInstance).isPresent() == valid;
    }

    private static Optional<LexValue> read(String json) {
        try {
            return Optional.of(LexJson.parse(json));
        } catch (DataException e) {
            return Optional.empty();
        }
    }

    private static boolean fixture(Map<String, String> each) {
        LexValue value = LexJson.parse(part(each, "json"));
        byte[] cbor = Base64.getDecoder().decode(text(part(each, "cbor_base64")));
        return Arrays.equals(DagCbor.write(value), cbor)
                && DagCbor.read(cbor).equals(value)
                && DagCbor.cid(value).value().equals(text(part(each, "cid")));
    }

    private static boolean lexicon(Map<String, String> each, boolean valid) {
        try {
            LexiconReader.parse(part(each, "lexicon").getBytes(StandardCharsets.UTF_8), "lexicon");
            return valid;
        } catch (LexiconException e) {
            return !valid;
        }
    }

    private static List<String> violations(Validator validator, Map<String, String> each) {
        Optional<LexValue> data = read(part(each, "data"));
        if (data.isEmpty()) {
            return List.of("no data");
        }
        Nsid collection = Nsid.parse(((LexMap) data.get()).getString("$type").orElseThrow());
        RecordKey rkey = RecordKey.parse(text(part(each, "rkey")));
        return Stream.concat(
                        validator.record(collection, data.get()).stream(),
                        validator.recordKey(collection, rkey).stream())
                .filter(violation -> !isCidOfARecord(violation))
                .map(Violation::toString)
                .toList();
    }

    /** The vectors name blobs by the CID of a record, which a strict check, ours and that of lex-schema, does not take. */
    private static boolean isCidOfARecord(Violation violation) {
        return violation.rule().equals("blob") && violation.got().equals("another CID");
    }

    private static String part(Map<String, String> each, String name) {
        return Optional.ofNullable(each.get(name))
                .orElseThrow(() -> new IllegalArgumentException("a case has no " + name));
    }

    private static String text(String json) {
        return ((LexString) LexJson.parse(json)).value();
    }
}
