// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import java.nio.charset.StandardCharsets;

/**
 * What a server answered.
 *
 * @param status the HTTP status
 * @param headers the header fields
 * @param text the body
 */
public record Answer(int status, Headers headers, String text) {

    public LexMap json() {
        return LexJson.parseMap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Asserts that this is a success. */
    public Answer ok() {
        return is(200);
    }

    Answer is(int expected) {
        assertThat(status).as("status of the answer %s", text).isEqualTo(expected);
        return this;
    }

    /** Asserts that this is an error of this name, whatever its message. */
    Answer refused(int expected, String error) {
        is(expected);
        assertThat(json().getString("error")).as("error name of %s", text).hasValue(error);
        return this;
    }

    /** Asserts that this is an error of this name and message. */
    Answer refused(int expected, String error, String message) {
        refused(expected, error);
        assertThat(json().getString("message")).as("message of %s", text).hasValue(message);
        return this;
    }

    /** Returns the session in this answer, which has to be a success. */
    public Tokens tokens() {
        return new Tokens(ok().json());
    }
}
