// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.lex.Nothing;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Procedure;
import dev.atp4j.lex.Query;
import dev.atp4j.lex.Upload;
import org.jspecify.annotations.Nullable;

/** Methods of all kinds, shorter than the generator would make them. */
final class Methods {

    /** Takes a mood and gives it back. */
    static final Procedure<Mood, Mood.Builder, Mood> SET_MOOD = new SetMood("com.acme.setMood");

    /** The same where chats are. */
    static final Procedure<Mood, Mood.Builder, Mood> CHAT = new SetMood("chat.bsky.acme.setMood");

    static final Procedure<Nothing, Nothing.Builder, Void> PING = new Ping();

    static final Query<Nothing, Nothing.Builder, byte[]> ARCHIVE =
            new Download("com.acme.archive", "application/vnd.ipld.car");

    static final Query<Nothing, Nothing.Builder, byte[]> EXPORT = new Download("com.acme.export", "application/jsonl");

    static final Upload<Nothing, Nothing.Builder, Mood> PAINT = new Paint();

    private Methods() {}

    private static final class SetMood extends Procedure<Mood, Mood.Builder, Mood> {

        SetMood(String nsid) {
            super(nsid, "application/json");
        }

        @Override
        public ObjectType<Mood> input() {
            return Mood.TYPE;
        }

        @Override
        public ObjectType<Mood> output() {
            return Mood.TYPE;
        }
    }

    private static final class Ping extends Procedure<Nothing, Nothing.Builder, Void> {

        Ping() {
            super("com.acme.ping", null);
        }

        @Override
        public ObjectType<Nothing> input() {
            return Nothing.TYPE;
        }

        @Override
        public @Nullable ObjectType<?> output() {
            return null;
        }
    }

    private static final class Download extends Query<Nothing, Nothing.Builder, byte[]> {

        Download(String nsid, String encoding) {
            super(nsid, encoding);
        }

        @Override
        public ObjectType<Nothing> params() {
            return Nothing.TYPE;
        }

        @Override
        public @Nullable ObjectType<?> output() {
            return null;
        }
    }

    private static final class Paint extends Upload<Nothing, Nothing.Builder, Mood> {

        Paint() {
            super("com.acme.paint", "image/*", "application/json");
        }

        @Override
        public ObjectType<Nothing> params() {
            return Nothing.TYPE;
        }

        @Override
        public ObjectType<?> output() {
            return Mood.TYPE;
        }
    }
}
