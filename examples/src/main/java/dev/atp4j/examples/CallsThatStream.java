// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.examples;

import dev.atp4j.Secret;
import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.RequestBody;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Sessions;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Uploads a file, records it and downloads it again, whatever its size, without holding it in memory. */
public final class CallsThatStream {

    private CallsThatStream() {}

    /**
     * Runs the program. {@code ATP_LOGIN_URL} says who logs in where.
     *
     * @param args the file to upload, its media type, and the file to download to
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        Login login = Login.url(Secret.of(System.getenv("ATP_LOGIN_URL")));
        try (Sessions sessions = Sessions.builder().build()) {
            PasswordSession session = sessions.login(login);
            String did = session.key().did().value();

            // The file is read while it is sent, and once more if the access token turns out to have expired.
            XrpcRequest upload = XrpcRequest.procedure("com.atproto.repo.uploadBlob")
                    .body(RequestBody.file(Path.of(args[0]), args[1]))
                    .build();
            BlobRef blob = session.send(upload)
                    .json()
                    .getMap("blob")
                    .flatMap(BlobRef::of)
                    .orElseThrow();

            // A server keeps and serves what a record refers to.
            LexMap record = LexMap.builder()
                    .put("$type", "com.example.file")
                    .put("file", blob.raw())
                    .build();
            XrpcRequest create = XrpcRequest.procedure("com.atproto.repo.createRecord")
                    .json(LexMap.builder()
                            .put("repo", did)
                            .put("collection", "com.example.file")
                            .put("record", record)
                            .build())
                    .build();
            session.send(create);

            XrpcRequest download = XrpcRequest.query("com.atproto.sync.getBlob")
                    .param("did", did)
                    .param("cid", blob.cid())
                    .streaming()
                    .build();
            try (XrpcResponse answer = session.send(download)) {
                System.out.println("downloaded " + Files.copy(answer.stream(), Path.of(args[2])) + " bytes");
            }
            session.logout();
        }
    }
}
