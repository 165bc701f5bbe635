// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads secrets from standard input, one on each line, and not a byte more than that. Confined to one thread. */
final class StandardInput {

    /** Longer than any password that a server takes. */
    private static final int LONGEST = 4096;

    private final InputStream in;

    StandardInput(InputStream in) {
        this.in = in;
    }

    /**
     * Reads the next line.
     *
     * @param what what it ought to hold, for the error
     * @throws Failure if it is missing, empty, too long, or no UTF-8
     */
    Secret line(String what) {
        byte[] bytes = bytes(what);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (!text.isEmpty()) {
                return Secret.of(text);
            }
        } catch (CharacterCodingException e) {
            throw Failure.usage("the " + what + " on standard input is not UTF-8", "check what is piped in");
        }
        throw Failure.usage("there is no " + what + " on standard input", "pipe it in, followed by a line break");
    }

    private byte[] bytes(String what) {
        var line = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                if (line.size() == LONGEST) {
                    throw Failure.usage(
                            "the " + what + " on standard input is longer than " + LONGEST + " bytes",
                            "check what is piped in");
                }
                line.write(next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be read", e);
        }
        byte[] bytes = line.toByteArray();
        boolean carriageReturn = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return carriageReturn ? java.util.Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }
}
