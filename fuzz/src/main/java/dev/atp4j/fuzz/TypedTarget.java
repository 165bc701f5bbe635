// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.api.app.bsky.feed.Post;
import dev.atp4j.api.app.bsky.feed.ThreadViewPost;
import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.lex.Diagnostic;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Typed objects, read from bytes and from a tree: both give the same object or the same refusal, and what is odd in it is told
 * by its place and never by its value; what was read is written and read as the same again, in JSON and in DAG-CBOR.
 */
final class TypedTarget implements Target {

    @Override
    public void accept(byte[] input) {
        read(Post.TYPE, input);
        read(ThreadViewPost.TYPE, input);
    }

    private static <T extends LexObject> void read(ObjectType<T> type, byte[] input) {
        Object ofBytes = outcome(() -> type.fromJson(input));
        Object ofTree = outcome(() -> type.fromMap(LexJson.parseMapLenient(input)));
        Must.agree(ofBytes, ofTree, "what is read from bytes and from a tree");
        if (!(ofBytes instanceof LexObject object)) {
            return;
        }
        List<Diagnostic> odd = new ArrayList<>();
        Must.agree(type.fromJson(input, odd::add), object, "the object with and without diagnostics");
        LexMap map = object.toMap();
        Must.agree(type.fromMap(map), object, "what is written to a tree and what was read");
        Must.agree(
                LexJson.parseMapLenient(object.toJson()),
                LexJson.parseMapLenient(LexJson.write(map)),
                "what is written to bytes and to a tree");
        Must.agree(type.fromJson(object.toJson()), object, "what is written to bytes and what was read");
        cbor(type, object);
    }

    private static <T extends LexObject> void cbor(ObjectType<T> type, LexObject object) {
        byte[] cbor;
        try {
            cbor = object.toCbor();
        } catch (DataException e) {
            return; // such as half of a surrogate pair, or beyond the limits of a record
        }
        Must.hold(
                Arrays.equals(type.fromCbor(cbor).toCbor(), cbor),
                "what was written as DAG-CBOR is written alike again");
    }

    private static Object outcome(Supplier<Object> reading) {
        try {
            return reading.get();
        } catch (DataException e) {
            return e.getMessage();
        }
    }
}
