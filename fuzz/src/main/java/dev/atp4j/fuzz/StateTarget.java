// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.kernel.Origins;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.StateJson;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.syntax.Did;
import java.time.Duration;
import java.time.Instant;

/**
 * Stored sessions: one is read or {@link StoreException.Kind#UNREADABLE}, and nothing else is thrown; what was read is written and
 * read as the same again; no address in it is one that tokens may not go to; and no message gives a token away.
 */
final class StateTarget implements Target {

    private static final SessionKey KEY = SessionKey.of(Did.parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz"));
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @Override
    public void accept(byte[] input) {
        LexMap tree;
        try {
            tree = LexJson.parseMapLenient(input);
        } catch (DataException e) {
            notJson(input);
            return;
        }
        try {
            StateJson.read(SessionRecord.parse(KEY, LexJson.write(tree)));
        } catch (StoreException e) {
            Must.agree(e.kind(), StoreException.Kind.UNREADABLE, "what is wrong with a record");
        }
        if (Planted.in(tree) instanceof LexMap planted) {
            // As if it were this account's, so that its content is looked at and not only whose it is.
            read(SessionRecord.of(KEY, 1, planted).toJson());
        }
    }

    private static void notJson(byte[] input) {
        try {
            SessionRecord.parse(KEY, input);
        } catch (StoreException e) {
            Must.agree(
                    e.getMessage(),
                    "the stored session of " + KEY + " cannot be read: it is no complete JSON document (" + input.length
                            + " bytes)",
                    "what is told of what is no JSON");
            return;
        }
        throw new Broken("what is no JSON was read");
    }

    private static void read(byte[] json) {
        SessionRecord record;
        SessionState state;
        try {
            record = SessionRecord.parse(KEY, json);
            state = StateJson.read(record);
        } catch (StoreException e) {
            Must.agree(e.kind(), StoreException.Kind.UNREADABLE, "what is wrong with a record");
            Must.hide(e);
            return;
        }
        Must.hide(record.toString());
        Must.hide(state.toString());
        record.due();
        Must.agree(Origins.service(state.service()), state.service(), "the service and what may be one");
        if (state.pds() != null) {
            Must.agree(
                    Origins.pds(state.pds().toString(), state.service()),
                    state.pds(),
                    "the server and what may be one");
        }
        SessionRecord written = StateJson.write(state, NOW);
        Must.agree(
                StateJson.read(SessionRecord.parse(KEY, written.toJson())),
                state,
                "what was read and what is written and read");
        Duration due = written.due().orElse(Duration.ZERO);
        Must.hold(!due.isNegative(), "it is due at some time");
        SessionRecord again = StateJson.write(StateJson.read(SessionRecord.parse(KEY, written.toJson())), NOW);
        Must.agree(again.content(), written.content(), "what is written and what is written again");
    }
}
