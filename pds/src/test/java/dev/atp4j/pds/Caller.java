// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Calls XRPC methods with the JDK's client and shows what comes back. */
final class Caller {

    static final String SERVER = "com.atproto.server.";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI origin;

    Caller(URI origin) {
        this.origin = origin;
    }

    /** An answer. */
    record Result(int status, java.net.http.HttpHeaders headers, byte[] bytes) {

        LexMap json() {
            return LexJson.parseMap(bytes);
        }

        String text(String field) {
            return json().getString(field).orElseThrow();
        }

        /** Status, name and message of an error, the way the reference lists them. */
        String outcome() {
            return status == 200
                    ? "200"
                    : status + " " + json().getString("error").orElse("-") + " \""
                            + json().getString("message").orElse("-") + "\"";
        }

        String access() {
            return text("accessJwt");
        }

        String refresh() {
            return text("refreshJwt");
        }
    }

    static LexMap claims(String jwt) {
        return LexJson.parseMap(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]));
    }

    static String jti(String jwt) {
        return claims(jwt).getString("jti").orElseThrow();
    }

    /** Signs a token as a server with this key would. */
    static String forge(String key, String type, LexMap claims) {
        try {
            Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
            String header = "{\"typ\":\"" + type + "\",\"alg\":\"HS256\"}";
            String signed = base64.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                    + base64.encodeToString(LexJson.write(claims));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + base64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(origin.resolve(path));
    }

    Result send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Result(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder xrpc(String nsid, String token) {
        HttpRequest.Builder request = request("/xrpc/" + nsid);
        return token.isEmpty() ? request : request.header("authorization", "Bearer " + token);
    }

    /** Calls a query; no token is the empty one. */
    Result get(String nsidAndQuery, String token) {
        return send(xrpc(nsidAndQuery, token).GET());
    }

    /** Calls a procedure without a body. */
    Result post(String nsid, String token) {
        return send(xrpc(nsid, token).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Calls a procedure with a JSON body. */
    Result post(String nsid, String token, LexMap body) {
        return send(xrpc(nsid, token)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(LexJson.write(body))));
    }

    Result login(String identifier, String password) {
        return post(
                SERVER + "createSession",
                "",
                LexMap.builder()
                        .put("identifier", identifier)
                        .put("password", password)
                        .build());
    }

    Result refreshSession(String token) {
        return post(SERVER + "refreshSession", token);
    }

    Result deleteSession(String token) {
        return post(SERVER + "deleteSession", token);
    }

    Result getSession(String token) {
        return get(SERVER + "getSession", token);
    }
}
