// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.pds.wire.Answer;

/** What a method answers if nothing goes wrong. */
sealed interface Reply {

    /** Nothing, and not even a media type. */
    Reply EMPTY = new Bytes(Headers.empty(), new byte[0]);

    /** Returns a JSON answer. */
    static Reply json(LexMap body) {
        return new Json(body);
    }

    /** Returns an answer of other bytes. */
    static Reply bytes(Headers headers, byte[] body) {
        return new Bytes(headers, body);
    }

    /** Returns the answer for the wire; called outside the lock. */
    Answer answer();

    /** JSON. */
    record Json(LexMap body) implements Reply {
        @Override
        public Answer answer() {
            return Answer.json(200, body);
        }
    }

    /** Other bytes, or none. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bytes(Headers headers, byte[] body) implements Reply {
        @Override
        public Answer answer() {
            return Answer.of(200, headers, body);
        }
    }
}
