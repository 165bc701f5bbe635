// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.Secret;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.pds.server.Field.Form;
import dev.atp4j.pds.server.RateLimiter.Charge;
import dev.atp4j.pds.server.RateLimiter.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Accounts as a whole: {@code createAccount}, {@code deactivateAccount} and the like. */
final class AccountMethods {

    private static final int LONGEST_PASSWORD = 256;

    private AccountMethods() {}

    static List<Method> all() {
        return List.of(
                Method.query("com.atproto.server.describeServer")
                        .aboutAccounts()
                        .does(AccountMethods::describe),
                Method.procedure("com.atproto.server.createAccount")
                        .json(
                                Field.of("handle", Form.HANDLE),
                                Field.text("email").optional(),
                                Field.text("password").optional(),
                                Field.of("did", Form.DID).optional())
                        .auth(Auth.ANONYMOUS)
                        .aboutAccounts()
                        .costs(call -> List.of(
                                new Charge(new Rule("createAccount", 100, Duration.ofMinutes(5)), call.address(), 1)))
                        .does(AccountMethods::create),
                Method.procedure("com.atproto.server.deactivateAccount")
                        .json()
                        .auth(Auth.FULL.plus(Scope.TAKENDOWN))
                        .aboutAccounts()
                        .does(AccountMethods::deactivate),
                Method.procedure("com.atproto.server.activateAccount")
                        .auth(Auth.FULL)
                        .aboutAccounts()
                        .does(AccountMethods::activate),
                Method.query("com.atproto.server.checkAccountStatus")
                        .auth(Auth.STANDARD)
                        .does(AccountMethods::status),
                Method.query("com.atproto.server.getAccountInviteCodes")
                        .auth(Auth.FULL.checkTakedown())
                        .aboutAccounts()
                        .does(call -> Reply.json(LexMap.builder()
                                .put("codes", new LexList(List.of()))
                                .build())));
    }

    private static Reply describe(Call call) {
        return Reply.json(LexMap.builder()
                .put("did", call.service().did())
                .put("availableUserDomains", new LexList(List.of(new LexString(IdentityMethods.HANDLE_DOMAIN))))
                .put("inviteCodeRequired", false)
                .put("blobUploadLimit", call.box().settings().blobLimit())
                .put("links", LexMap.empty())
                .put("contact", LexMap.empty())
                .build());
    }

    private static Reply create(Call call) {
        if (call.service().behindEntryway()) {
            throw XrpcFailure.invalidRequest("non-entryway pds requires bringing a DID and plcOp");
        }
        LexMap input = call.input();
        if (input.get("plcOp") != null) {
            throw XrpcFailure.invalidRequest("Unsupported input: \"plcOp\"");
        }
        String password = input.getString("password").orElse("");
        if (password.length() > LONGEST_PASSWORD) {
            throw XrpcFailure.invalidRequest(
                    "Password too long. Maximum length is " + LONGEST_PASSWORD + " characters.");
        }
        String email = checkedEmail(input.getString("email")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> XrpcFailure.invalidRequest("Email is required")));
        String handle = IdentityMethods.checkedHandle(call.text("handle"));
        if (!handle.endsWith(IdentityMethods.HANDLE_DOMAIN)) {
            throw XrpcFailure.invalidRequest("UnsupportedDomain", "Not a supported handle domain");
        }
        if (call.service().find(handle).isPresent()) {
            throw XrpcFailure.invalidRequest("Handle already taken: " + handle);
        }
        if (call.service().findByEmail(email).isPresent()) {
            throw XrpcFailure.invalidRequest("Email already taken: " + email);
        }
        if (input.get("did") != null) {
            throw XrpcFailure.unauthorized("Missing auth to create account with did: "
                    + input.getString("did").orElse(""));
        }
        AccountRow account = call.box().registry().add(call.service(), handle, email, Secret.of(password));
        Authority.Pair tokens = call.service().authority.open(account, null);
        LexMap.Builder session = LexMap.builder().put("handle", handle).put("did", account.did);
        call.box().directory().document(account.did).ifPresent(document -> session.put("didDoc", document));
        return Reply.json(session.put("accessJwt", tokens.access())
                .put("refreshJwt", tokens.refresh())
                .build());
    }

    static String checkedEmail(String email) {
        String normal = email.toLowerCase(Locale.ROOT);
        int at = normal.indexOf('@');
        if (at <= 0 || normal.indexOf('.', at) < 0 || normal.indexOf(' ') >= 0) {
            throw XrpcFailure.invalidRequest("This email address is not supported, please use a different email.");
        }
        return normal;
    }

    private static Reply deactivate(Call call) {
        call.account().orElseThrow(() -> XrpcFailure.invalidRequest("Account not found")).deactivated = true;
        return Reply.EMPTY;
    }

    private static Reply activate(Call call) {
        AccountRow account = call.account()
                .filter(found -> !found.takenDown)
                .orElseThrow(() -> XrpcFailure.invalidRequest("AccountNotFound", "user not found"));
        if (!call.box().directory().pointsTo(account.did, account.home)) {
            throw XrpcFailure.invalidRequest("DID document atproto_pds service endpoint does not match PDS public url");
        }
        account.deactivated = false;
        return Reply.EMPTY;
    }

    private static Reply status(Call call) {
        AccountRow account = call.account().orElseThrow(() -> XrpcFailure.invalidRequest("Account not found"));
        long records = account.repo.collections().stream()
                .mapToLong(name -> account.repo.records(name).size())
                .sum();
        return Reply.json(LexMap.builder()
                .put("activated", account.active())
                .put("validDid", call.box().directory().pointsTo(account.did, account.home))
                .put("repoCommit", account.repo.commit().cid().value())
                .put("repoRev", account.repo.commit().rev())
                .put("repoBlocks", records + 2)
                .put("indexedRecords", records)
                .put("privateStateValues", 0)
                .put("expectedBlobs", 0)
                .put("importedBlobs", 0)
                .build());
    }
}
