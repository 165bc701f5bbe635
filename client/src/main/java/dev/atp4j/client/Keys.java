// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.lex.RecordType;
import dev.atp4j.syntax.RecordKey;
import dev.atp4j.syntax.TidClock;
import java.util.Optional;

/** The keys of records. Thread-safe. */
final class Keys {

    private static final String LITERAL = "literal:";

    private final TidClock clock;

    Keys(TidClock clock) {
        this.clock = clock;
    }

    /** Returns a key that no record has. */
    RecordKey next() {
        return RecordKey.of(clock.next());
    }

    /** Returns the key for a new record of a type. */
    RecordKey of(RecordType<?> type) {
        return literal(type).orElseGet(() -> {
            if (!areFresh(type)) {
                throw new IllegalArgumentException("records of " + type + " have keys of the form " + type.key()
                        + ", which cannot be made up; name one");
            }
            return next();
        });
    }

    /** Tells whether new records of a type get keys that no record has. */
    boolean areFresh(RecordType<?> type) {
        return type.key().equals("tid") || type.key().equals("any");
    }

    /** Returns the one key of a type that has but one. */
    RecordKey only(RecordType<?> type) {
        return literal(type)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a repository has many records of " + type + "; name the key of one"));
    }

    private static Optional<RecordKey> literal(RecordType<?> type) {
        return type.key().startsWith(LITERAL)
                ? Optional.of(RecordKey.parse(type.key().substring(LITERAL.length())))
                : Optional.empty();
    }
}
