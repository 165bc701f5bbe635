// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoredNote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The store that all machines share: a server with records, notes, and turns that end by its clock. */
final class Storage {

    /** A turn that was given. */
    static final class Row {

        final Strand owner;
        long until;

        Row(Strand owner, long until) {
            this.owner = owner;
            this.until = until;
        }
    }

    /** Somebody's watch. */
    record Watching(Machine machine, SessionStore.Watcher watcher) {}

    final Map<SessionKey, SessionRecord> records = new LinkedHashMap<>();
    final Map<String, StoredNote> notes = new LinkedHashMap<>();
    final Map<SessionKey, Row> turns = new LinkedHashMap<>();
    final List<Watching> watches = new ArrayList<>();

    @Nullable
    SessionRecord read(SessionKey key) {
        return records.get(key);
    }

    long version(SessionKey key) {
        SessionRecord record = records.get(key);
        return record == null ? 0 : record.version();
    }

    /** Returns who has the turn at this time, or null. */
    @Nullable
    Row turn(SessionKey key, long now) {
        Row row = turns.get(key);
        return row == null || row.until <= now ? null : row;
    }
}
