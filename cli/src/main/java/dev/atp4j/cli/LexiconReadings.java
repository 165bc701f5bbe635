// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.lexicon.LexiconException;
import dev.atp4j.lexicon.LexiconProblem;
import dev.atp4j.lexicon.LexiconReader.Reading;
import dev.atp4j.lexicon.check.Finding;
import dev.atp4j.lexicon.check.LexiconLint;
import dev.atp4j.lexicon.source.LexiconFile;
import dev.atp4j.lexicon.source.LexiconSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The documents of some sources, and what is wrong with those that could not be read at all. */
final class LexiconReadings {

    private final Map<String, Reading> readings = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<Finding> unreadable = new ArrayList<>();

    /** Reads all documents of some sources, each given as somebody typed it. */
    static LexiconReadings of(List<String> sources, HttpTransport transport) {
        var result = new LexiconReadings();
        for (String source : sources) {
            open(source, transport).files().forEach(result::read);
        }
        return result;
    }

    static LexiconSource open(String source, HttpTransport transport) {
        try {
            return LexiconSource.of(source, transport);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                    String.valueOf(e.getMessage()), "name a folder, a jar, an address, or git+ADDRESS#REVISION");
        }
    }

    private void read(LexiconFile file) {
        try {
            Reading reading = file.read();
            String id = reading.doc().id().value();
            if (readings.putIfAbsent(id, reading) == null) {
                files.put(id, file.name());
            } else {
                unreadable.add(LexiconLint.finding(new LexiconProblem(
                        file.name(), "$.id", "duplicate", files.get(id) + " has the lexicon " + id + " too")));
            }
        } catch (LexiconException e) {
            e.problems().forEach(problem -> unreadable.add(LexiconLint.finding(problem)));
        }
    }

    List<Reading> readings() {
        return List.copyOf(readings.values());
    }

    List<LexiconDoc> documents() {
        return readings.values().stream().map(Reading::doc).toList();
    }

    /** What is wrong with files that hold no document, or one that is there before. */
    List<Finding> unreadable() {
        return unreadable;
    }

    /** Returns the file of each document, by its NSID. */
    Map<String, String> files() {
        return files;
    }
}
