// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.RecordType;
import dev.atp4j.lex.Values;

/** A record with a blob, as a program of its own would generate it. */
final class Profile extends LexObject {

    Profile() {
        super(Values.NONE);
    }

    @Override
    public ObjectType<Profile> type() {
        return new RecordType<>("org.example.profile", "literal:self", this);
    }

    @Override
    protected Profile create(Values values) {
        return this;
    }
}
