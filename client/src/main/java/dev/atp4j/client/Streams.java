// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.data.CarReader;
import dev.atp4j.data.DataException;
import dev.atp4j.data.JsonLines;
import dev.atp4j.http.TransportException;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Readers of streamed answers, which are closed with their readers. */
final class Streams {

    private Streams() {}

    static CarReader car(Nsid method, XrpcResponse response) {
        try {
            return CarReader.open(body(response));
        } catch (DataException e) {
            throw new XrpcDecodeException(method, "the answer is no archive of blocks: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new TransportException(
                    TransportException.Kind.BROKEN, true, "the answer to " + method + " broke off", e);
        }
    }

    static JsonLines lines(XrpcResponse response) {
        return new JsonLines(body(response));
    }

    private static InputStream body(XrpcResponse response) {
        return new FilterInputStream(response.stream()) {
            @Override
            public void close() {
                response.close();
            }
        };
    }
}
