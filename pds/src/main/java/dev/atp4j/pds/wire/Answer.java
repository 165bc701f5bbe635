// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.wire;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexValue;
import dev.atp4j.http.Headers;
import java.nio.charset.StandardCharsets;

/** One HTTP answer and how it ends on the wire. Immutable, except that nobody may write to its body. */
public final class Answer {

    /** The media type of JSON answers. */
    public static final String JSON = "application/json; charset=utf-8";

    private static final Answer RESET = new Answer(0, Headers.empty(), new byte[0], Ending.RESET);

    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final Ending ending;

    private Answer(int status, Headers headers, byte[] body, Ending ending) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.ending = ending;
    }

    /** How an answer ends on the wire. */
    public sealed interface Ending {

        /** All of it arrives. */
        Ending COMPLETE = new Complete();

        /** Nothing arrives: the connection is reset. */
        Ending RESET = new Reset();
    }

    /** All of it arrives. */
    record Complete() implements Ending {}

    /** Nothing arrives: the connection is reset. */
    record Reset() implements Ending {}

    /**
     * The header and a part of the body arrive, then the connection closes.
     *
     * @param bytes how much of the body arrives
     */
    public record Cut(int bytes) implements Ending {}

    /**
     * The header and a part of the body arrive; the rest comes when somebody allows it.
     *
     * @param bytes how much of the body arrives at once
     * @param rest returns when the rest may follow
     */
    public record Stall(int bytes, Wait rest) implements Ending {}

    /** Something that can be waited for. */
    @FunctionalInterface
    public interface Wait {

        /**
         * Waits.
         *
         * @throws InterruptedException if the server stops meanwhile
         */
        void await() throws InterruptedException;
    }

    /**
     * Returns an answer that arrives completely.
     *
     * @param status the status code
     * @param headers the header fields, without a length
     * @param body the body, not copied
     * @return the answer
     */
    public static Answer of(int status, Headers headers, byte[] body) {
        return new Answer(status, headers, body, Ending.COMPLETE);
    }

    /**
     * Returns an answer of text.
     *
     * @param status the status code
     * @param contentType the media type
     * @param text the body
     * @return the answer
     */
    public static Answer text(int status, String contentType, String text) {
        return of(status, Headers.of("content-type", contentType), text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns an answer in JSON.
     *
     * @param status the status code
     * @param value the body
     * @return the answer
     */
    public static Answer json(int status, LexValue value) {
        return of(status, Headers.of("content-type", JSON), LexJson.write(value));
    }

    /**
     * Returns the answer that never arrives: a reset connection.
     *
     * @return an answer of status 0
     */
    public static Answer reset() {
        return RESET;
    }

    /**
     * Returns a copy that ends in another way.
     *
     * @param other the way
     * @return the changed copy
     */
    public Answer ending(Ending other) {
        return new Answer(status, headers, body, other);
    }

    /**
     * Returns a copy with other header fields.
     *
     * @param other the header fields
     * @return the changed copy
     */
    public Answer headers(Headers other) {
        return new Answer(status, other, body, ending);
    }

    /**
     * Returns a copy with another body.
     *
     * @param other the body, not copied
     * @return the changed copy
     */
    public Answer body(byte[] other) {
        return new Answer(status, headers, other, ending);
    }

    /**
     * Returns the status code.
     *
     * @return the status code; 0 if nothing arrives
     */
    public int status() {
        return status;
    }

    /**
     * Returns the header fields.
     *
     * @return the header fields
     */
    public Headers headers() {
        return headers;
    }

    /**
     * Returns the body.
     *
     * @return the bytes themselves, not a copy
     */
    public byte[] body() {
        return body;
    }

    /**
     * Returns how it ends on the wire.
     *
     * @return the ending
     */
    public Ending ending() {
        return ending;
    }
}
