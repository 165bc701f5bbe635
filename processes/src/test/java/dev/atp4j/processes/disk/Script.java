// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import dev.atp4j.data.LexMap;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoredNote;
import dev.atp4j.syntax.Did;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What is done to a store while its disk is watched, and what must be found afterwards. */
final class Script {

    private static final List<String> NAMES = List.of("alice", "bob");
    private static final String NOTE = "count";

    private final SessionStore store;
    private final Consumer<String> marks;

    private Script(SessionStore store, Consumer<String> marks) {
        this.store = store;
        this.marks = marks;
    }

    /** Plays the script: new records, longer and shorter ones, another session's, removals, notes, and turns in between. */
    static void play(SessionStore store, Consumer<String> marks) {
        var script = new Script(store, marks);
        script.write("alice");
        script.write("alice");
        script.note();
        script.write("bob");
        SessionStore.Lease turn =
                store.lease(key("alice"), Duration.ofSeconds(30)).orElseThrow();
        script.write("alice");
        script.write("alice");
        turn.close();
        script.write("bob");
        script.remove("bob");
        script.note();
        script.write("alice");
        script.write("bob");
        script.write("alice");
    }

    /** Writes once more, as a process does that finds the store as another one has left it. */
    static void goOn(SessionStore store, Consumer<String> marks) {
        var script = new Script(store, marks);
        script.write("alice");
        script.note();
    }

    private void write(String name) {
        long version = version(store, name) + 1;
        marks.accept("begin " + name + " " + version);
        require(store.compareAndSet(key(name), version - 1, SessionRecord.of(key(name), version, content(version))));
        marks.accept("done " + name + " " + version);
    }

    private void remove(String name) {
        marks.accept("begin " + name + " 0");
        require(store.compareAndDelete(key(name), version(store, name)));
        marks.accept("done " + name + " 0");
    }

    private void note() {
        long version = store.note(NOTE).map(StoredNote::version).orElse(0L) + 1;
        marks.accept("begin " + NOTE + " " + version);
        require(store.compareAndSetNote(version - 1, new StoredNote(NOTE, version, content(version))));
        marks.accept("done " + NOTE + " " + version);
    }

    private static void require(boolean done) {
        if (!done) {
            throw new IllegalStateException("a write was refused, though nobody else writes");
        }
    }

    /** Returns what is wrong in a store that was opened after a power cut, or empty; it is written to as well. */
    static Optional<String> wrong(SessionStore store, Expected expected) {
        for (String name : NAMES) {
            long found = version(store, name);
            if (!expected.versions(name).contains(found)) {
                return Optional.of(name + " has version " + found);
            }
            Optional<SessionRecord> record = store.read(key(name));
            if (record.isPresent()
                    && !record.get()
                            .content()
                            .equals(SessionRecord.of(key(name), found, content(found))
                                    .content())) {
                return Optional.of(name + " is a mix");
            }
        }
        Optional<StoredNote> note = store.note(NOTE);
        long counted = note.map(StoredNote::version).orElse(0L);
        if (!expected.versions(NOTE).contains(counted)) {
            return Optional.of("the note has version " + counted);
        }
        if (note.isPresent() && !note.get().content().equals(content(counted))) {
            return Optional.of("the note is a mix");
        }
        List<SessionKey> keys = store.keys()
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .toList();
        List<SessionKey> readable = NAMES.stream()
                .filter(name -> version(store, name) > 0)
                .map(Script::key)
                .toList();
        if (!keys.equals(readable)) {
            return Optional.of("listed are " + keys + ", there are " + readable);
        }
        goOn(store, mark -> {});
        return Optional.empty();
    }

    private static long version(SessionStore store, String name) {
        return store.read(key(name)).map(SessionRecord::version).orElse(0L);
    }

    private static SessionKey key(String name) {
        return SessionKey.of(Did.parse("did:plc:" + name));
    }

    /** A content that tells of which version it is, shorter than a sector or longer than a page. */
    private static LexMap content(long version) {
        return LexMap.builder()
                .put("padding", Long.toString(version).repeat((int) (version * 2_777 % 9_000)))
                .put("end", version)
                .build();
    }
}
