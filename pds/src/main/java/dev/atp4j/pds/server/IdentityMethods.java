// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.server.Field.Form;
import dev.atp4j.pds.server.RateLimiter.Charge;
import dev.atp4j.pds.server.RateLimiter.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code com.atproto.identity.*}. */
final class IdentityMethods {

    /** Users may choose handles that end like this. */
    static final String HANDLE_DOMAIN = ".test";

    /** Nobody may have handles that end like these. */
    private static final Set<String> RESERVED_ENDS =
            Set.of(".local", ".arpa", ".invalid", ".localhost", ".internal", ".example", ".alt", ".onion");

    private static final int SHORTEST_NAME = 3;
    private static final int LONGEST_NAME = 18;

    private IdentityMethods() {}

    static List<Method> all() {
        return List.of(
                Method.query("com.atproto.identity.resolveHandle", Field.of("handle", Form.HANDLE))
                        .aboutAccounts()
                        .does(IdentityMethods::resolve),
                Method.procedure("com.atproto.identity.updateHandle")
                        .json(Field.of("handle", Form.HANDLE))
                        .auth(Auth.STANDARD.checkTakedown())
                        .aboutAccounts()
                        .costs(call -> List.of(
                                new Charge(
                                        new Rule("updateHandle", 10, Duration.ofMinutes(5)),
                                        call.caller().did(),
                                        1),
                                new Charge(
                                        new Rule("updateHandle-day", 50, Duration.ofDays(1)),
                                        call.caller().did(),
                                        1)))
                        .does(IdentityMethods::update),
                // Of these the box only knows who may not call them.
                Method.procedure("com.atproto.identity.requestPlcOperationSignature")
                        .auth(Auth.FULL.plus(Scope.TAKENDOWN))
                        .aboutAccounts()
                        .does(IdentityMethods::missing),
                Method.procedure("com.atproto.identity.signPlcOperation")
                        .json()
                        .auth(Auth.FULL.plus(Scope.TAKENDOWN))
                        .aboutAccounts()
                        .does(IdentityMethods::missing),
                Method.procedure("com.atproto.repo.importRepo")
                        .anything()
                        .auth(Auth.FULL)
                        .does(IdentityMethods::missing));
    }

    private static Reply missing(Call call) {
        throw XrpcFailure.notImplemented();
    }

    private static Reply resolve(Call call) {
        String handle = call.parameters().get("handle").toLowerCase(Locale.ROOT);
        AccountRow account = call.service()
                .findActive(handle)
                .orElseThrow(() -> handle.endsWith(HANDLE_DOMAIN)
                        ? XrpcFailure.invalidRequest("HandleNotFound", "Unable to resolve handle")
                        : XrpcFailure.invalidRequest("Unable to resolve handle"));
        return Reply.json(LexMap.builder().put("did", account.did).build());
    }

    private static Reply update(Call call) {
        AccountRow account = call.account()
                .filter(found -> !found.takenDown)
                .orElseThrow(() -> XrpcFailure.invalidRequest("Account not found"));
        String handle = checkedHandle(call.text("handle"));
        if (!handle.endsWith(HANDLE_DOMAIN)) {
            throw XrpcFailure.invalidRequest("External handle did not resolve to DID");
        }
        if (call.service().find(handle).filter(other -> other != account).isPresent()) {
            throw XrpcFailure.invalidRequest("HandleNotAvailable", "Handle already taken: " + handle);
        }
        account.handle = handle;
        call.box().directory().rename(account.did, handle);
        return Reply.EMPTY;
    }

    /** Returns a handle that a user may take. */
    static String checkedHandle(String handle) {
        String normal = handle.toLowerCase(Locale.ROOT);
        if (RESERVED_ENDS.contains(normal.substring(normal.lastIndexOf('.')))) {
            throw XrpcFailure.invalidRequest("InvalidHandle", "Handle TLD is invalid or disallowed");
        }
        if (normal.endsWith(HANDLE_DOMAIN)) {
            String name = normal.substring(0, normal.length() - HANDLE_DOMAIN.length());
            if (name.indexOf('.') >= 0) {
                throw XrpcFailure.invalidRequest("InvalidHandle", "Invalid characters in handle");
            }
            if (name.length() < SHORTEST_NAME) {
                throw XrpcFailure.invalidRequest("InvalidHandle", "Handle too short");
            }
            if (name.length() > LONGEST_NAME) {
                throw XrpcFailure.invalidRequest("InvalidHandle", "Handle too long");
            }
        }
        return normal;
    }
}
