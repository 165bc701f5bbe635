// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.AtpException;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.TransportException;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import dev.atp4j.xrpc.XrpcResponseException;
import java.util.Optional;

/** Calls of {@code com.atproto.repo}, which go to the account's own server and nowhere else. Thread-safe. */
final class RepoCalls {

    static final Nsid GET = Nsid.parse("com.atproto.repo.getRecord");
    static final Nsid LIST = Nsid.parse("com.atproto.repo.listRecords");
    static final Nsid CREATE = Nsid.parse("com.atproto.repo.createRecord");
    static final Nsid PUT = Nsid.parse("com.atproto.repo.putRecord");
    static final Nsid DELETE = Nsid.parse("com.atproto.repo.deleteRecord");
    static final Nsid APPLY = Nsid.parse("com.atproto.repo.applyWrites");

    /**
     * A write that was made.
     *
     * @param answer the server's answer, or what was found when it was lost
     * @param doubted whether an answer was lost, so that it may have been made by a try before
     */
    record Made(LexMap answer, boolean doubted) {}

    /** Finds out whether a write was made whose answer was lost. */
    @FunctionalInterface
    interface Look {

        /**
         * Looks.
         *
         * @return what the answer would have said if the write was made, or empty if it was not
         * @throws AtpException if it cannot be known
         */
        Optional<LexMap> at(AtpException lost);
    }

    private final Calls calls;

    RepoCalls(Calls calls) {
        this.calls = calls;
    }

    LexMap read(XrpcRequest request) {
        return calls.sendOwn(request, true).json();
    }

    /** Reads a record. */
    LexMap get(String repo, String collection, String rkey) {
        return read(XrpcRequest.query(GET)
                .param("repo", repo)
                .param("collection", collection)
                .param("rkey", rkey)
                .build());
    }

    /** Reads a record that may not be there. */
    Optional<LexMap> find(String repo, String collection, String rkey) {
        try {
            return Optional.of(get(repo, collection, rkey));
        } catch (XrpcResponseException e) {
            if (e.is("RecordNotFound")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Makes a write that does the same if it is made twice. When it is not known whether it was made, that is found out, so
     * that it neither fails without need nor is made again.
     */
    Made write(Nsid method, LexMap input, Look look) {
        XrpcRequest request =
                calls.own(XrpcRequest.procedure(method).json(input).build());
        Sender.Tries tries = calls.sender().tries(request, calls.options().retries());
        AtpException lost = null;
        while (true) {
            try {
                LexMap answer = read(calls.sender().agent().send(tries.next()));
                return new Made(answer, lost != null);
            } catch (TransportException | XrpcResponseException | XrpcDecodeException e) {
                if (lost == null && mayBeMade(e)) {
                    lost = e;
                }
                if (lost != null) {
                    Optional<LexMap> made = look(look, lost);
                    if (made.isPresent()) {
                        return new Made(made.get(), true);
                    }
                }
                tries.failed(e);
            }
        }
    }

    private static LexMap read(XrpcResponse response) {
        return response.bytes().length == 0 ? LexMap.empty() : response.json();
    }

    private static Optional<LexMap> look(Look look, AtpException lost) {
        try {
            return look.at(lost);
        } catch (AtpException e) {
            if (!e.equals(lost)) {
                lost.addSuppressed(e);
            }
            throw lost;
        }
    }

    /** Tells whether a write may have been made though it failed. */
    private static boolean mayBeMade(AtpException trouble) {
        if (trouble instanceof TransportException transport) {
            return transport.mayHaveArrived() && transport.kind() != TransportException.Kind.INTERRUPTED;
        }
        return !(trouble instanceof XrpcResponseException answer) || answer.status() >= 500 || answer.status() == 408;
    }
}
