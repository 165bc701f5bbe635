// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.xrpc.XrpcResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** What a call was answered. */
final class CallAnswer {

    private final XrpcResponse response;

    CallAnswer(XrpcResponse response) {
        this.response = response;
    }

    /** Writes it as JSON or as lines. */
    void print(Output output) {
        byte[] bytes = response.bytes();
        if (bytes.length == 0) {
            output.line("done");
            output.json(LexMap::empty);
            return;
        }
        if (!isJson()) {
            throw Failure.failed(
                    "NotJson",
                    "the answer is " + bytes.length + " bytes of " + type() + ", which is not for reading",
                    "--output FILE keeps it");
        }
        LexValue value;
        try {
            value = LexJson.parseLenient(bytes);
        } catch (DataException e) {
            throw Failure.failed("InvalidResponse", "the answer is no JSON: " + e.getMessage(), "ask the service");
        }
        TreeText.of(value).forEach(output::line);
        output.json(() -> value);
    }

    /** Writes it into a file as it is. A file of that name is replaced when all has arrived. */
    void save(Path file, Output output) {
        long size;
        try (InputStream in = response.stream()) {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                // A pipe, a terminal: there is nothing to replace.
                try (var out = Files.newOutputStream(file)) {
                    size = in.transferTo(out);
                }
            } else {
                size = replace(file, in);
            }
        } catch (IOException e) {
            throw Failure.failed(
                    "OutputFailed", "the answer cannot be written to " + file, "check the folder and its disk");
        }
        output.line(size + " bytes of " + type() + " are in " + file);
        output.json(() -> LexMap.builder()
                .put("output", file.toString())
                .put("type", type())
                .put("size", size)
                .build());
    }

    private static long replace(Path file, InputStream in) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path part = Files.createTempFile(folder == null ? file.toAbsolutePath() : folder, ".atp-", ".part");
        try {
            long size;
            try (var out = Files.newOutputStream(part)) {
                size = in.transferTo(out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return size;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private boolean isJson() {
        String type = type();
        return type.equals("application/json") || type.endsWith("+json");
    }

    private String type() {
        String type = response.headers().first("content-type").orElse("no type");
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
