// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What a call sends along: a file, or standard input if it is called {@code -}.
 *
 * @param name what the command line says
 * @param in standard input
 */
record CallInput(String name, InputStream in) {

    private static final String STANDARD = "-";

    /** Reads it as JSON. */
    LexMap json() {
        try {
            return LexJson.parseMap(name.equals(STANDARD) ? in.readAllBytes() : Files.readAllBytes(file()));
        } catch (DataException e) {
            throw Failure.usage("the input cannot be sent: " + e.getMessage(), "it has to be one JSON object");
        } catch (IOException e) {
            throw unreadable();
        }
    }

    /** Takes it as it is. */
    RequestBody body(String type) {
        try {
            // What was piped in may have to be sent twice, if the token has run out.
            return name.equals(STANDARD) ? RequestBody.bytes(in.readAllBytes(), type) : RequestBody.file(file(), type);
        } catch (IOException e) {
            throw unreadable();
        }
    }

    private Path file() {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw unreadable();
        }
    }

    private Failure unreadable() {
        return Failure.usage(
                "the input cannot be read: " + (name.equals(STANDARD) ? "standard input" : name),
                "--input takes a file, or - for standard input");
    }
}
