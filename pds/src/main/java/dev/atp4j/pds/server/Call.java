// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.wire.Request;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One XRPC call, checked and ready to be handled.
 *
 * @param service the server it came to, or that it was passed on to
 * @param request the request
 * @param parameters its query parameters
 * @param credentials who calls, or null if nobody in particular
 * @param input its JSON body; empty if it has none
 * @param now the time
 */
record Call(
        Service service,
        Request request,
        Parameters parameters,
        @Nullable Credentials credentials,
        LexMap input,
        Instant now) {

    /**
     * Who calls.
     *
     * @param did the account
     * @param scope what the token allows
     * @param tokenId the jti of a refresh token; empty for an access token
     */
    record Credentials(String did, String scope, String tokenId) {}

    Box box() {
        return service.box();
    }

    /** Returns who calls; for methods that demand it. */
    Credentials caller() {
        if (credentials == null) {
            throw new IllegalStateException("a method without credentials");
        }
        return credentials;
    }

    /** Returns the caller's account, whatever its state. */
    Optional<AccountRow> account() {
        return service.find(caller().did());
    }

    /** Returns a text of the input; for fields that were checked before. */
    String text(String field) {
        return input.getString(field).orElseThrow();
    }

    /** Returns the address that calls are counted by. */
    String address() {
        String forwarded = request.headers().first("x-forwarded-for").orElse("127.0.0.1");
        return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }
}
