// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.pds.server.Call.Credentials;
import dev.atp4j.pds.server.Field.Form;
import dev.atp4j.pds.server.RateLimiter.Charge;
import dev.atp4j.pds.server.RateLimiter.Rule;
import java.time.Duration;
import java.util.List;

/** Uploading and reading files. */
final class BlobMethods {

    private BlobMethods() {}

    static List<Method> all() {
        return List.of(
                Method.procedure("com.atproto.repo.uploadBlob")
                        .anything()
                        .auth(Auth.STANDARD.checkTakedown())
                        .costs(call -> List.of(
                                new Charge(new Rule("uploadBlob", 1000, Duration.ofDays(1)), call.address(), 1)))
                        .does(BlobMethods::upload),
                Method.query("com.atproto.sync.getBlob", Field.of("did", Form.DID), Field.of("cid", Form.CID))
                        .auth(Auth.STANDARD.plus(Scope.TAKENDOWN).optional())
                        .does(BlobMethods::get));
    }

    private static Reply upload(Call call) {
        byte[] bytes = call.request().body();
        if (bytes.length > call.box().settings().blobLimit()) {
            throw new XrpcFailure(413, "PayloadTooLarge", "request entity too large");
        }
        AccountRow account = call.account().orElseThrow(XrpcFailure::internal);
        Repo.Blob blob = account.repo.upload(bytes, new Body(call.request()).mediaType());
        LexMap reference = LexMap.builder()
                .put("$type", "blob")
                .put("ref", new LexLink(blob.cid()))
                .put("mimeType", blob.mimeType())
                .put("size", blob.bytes().length)
                .build();
        return Reply.json(LexMap.builder().put("blob", reference).build());
    }

    private static Reply get(Call call) {
        String did = call.parameters().get("did");
        Credentials caller = call.credentials();
        AccountRow account =
                available(call.service(), did, caller != null && caller.did().equals(did));
        Repo.Blob blob = account.repo
                .blob(call.parameters().get("cid"))
                .orElseThrow(() -> XrpcFailure.invalidRequest("Blob not found"));
        Headers headers = Headers.of("content-type", charset(blob.mimeType()))
                .plus("x-content-type-options", "nosniff")
                .plus("content-disposition", "attachment; filename=\"" + blob.cid() + "\"")
                .plus("content-security-policy", "default-src 'none'; sandbox");
        return Reply.bytes(headers, blob.bytes());
    }

    /** The reference server's framework takes every text for UTF-8. */
    private static String charset(String mimeType) {
        return mimeType.startsWith("text/") ? mimeType + "; charset=utf-8" : mimeType;
    }

    /** Finds an account whose data may be shown. */
    static AccountRow available(Service service, String didOrHandle, boolean toItself) {
        AccountRow account = service.find(didOrHandle)
                .orElseThrow(() ->
                        XrpcFailure.invalidRequest("RepoNotFound", "Could not find repo for DID: " + didOrHandle));
        if (account.takenDown && !toItself) {
            throw XrpcFailure.invalidRequest("RepoTakendown", "Repo has been takendown: " + didOrHandle);
        }
        if (account.deactivated && !toItself) {
            throw XrpcFailure.invalidRequest("RepoDeactivated", "Repo has been deactivated: " + didOrHandle);
        }
        return account;
    }
}
