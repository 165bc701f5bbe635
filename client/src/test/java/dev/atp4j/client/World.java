// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.JdkHttpTransport;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.MemorySessionStore;
import dev.atp4j.xrpc.XrpcRequest;

/** A server with an account on it, a session, and a client for which pauses take no time. */
final class World implements AutoCloseable {

    static final String CREATE = "com.atproto.repo.createRecord";
    static final String PUT = "com.atproto.repo.putRecord";
    static final String DELETE = "com.atproto.repo.deleteRecord";
    static final String APPLY = "com.atproto.repo.applyWrites";
    static final String GET = "com.atproto.repo.getRecord";
    static final String LIST = "com.atproto.repo.listRecords";

    private static final HttpTransport TRANSPORT = new JdkHttpTransport();

    final EmbeddedPds pds = EmbeddedPds.builder().start();
    final Account alice = pds.createAccount("alice.test", "password");
    final QuickTime time = new QuickTime();
    final PasswordSession session;
    final AtpClient client;

    private final Sessions sessions = Sessions.builder()
            .store(new MemorySessionStore())
            .transport(TRANSPORT)
            .time(pds.time())
            .proactiveRefresh(false)
            .build();

    World() {
        session = sessions.login(
                Login.as("alice.test", Secret.of("password")).service(pds.url()).build());
        client = AtpClient.builder(session).time(time).random(() -> 0L).build();
    }

    int calls(String nsid) {
        return pds.journal().count(nsid);
    }

    void fault(Fault fault) {
        pds.faults().add(fault);
    }

    /** Writes a record as somebody else would, who knows no types. */
    void write(String collection, String rkey, LexMap record) {
        session.send(XrpcRequest.procedure(PUT)
                .json(LexMap.builder()
                        .put("repo", alice.did().value())
                        .put("collection", collection)
                        .put("rkey", rkey)
                        .put("record", record)
                        .build())
                .build());
    }

    LexMap read(String collection, String rkey) {
        return session.send(XrpcRequest.query(GET)
                        .param("repo", alice.did())
                        .param("collection", collection)
                        .param("rkey", rkey)
                        .build())
                .json()
                .getMap("value")
                .orElseThrow();
    }

    @Override
    public void close() {
        sessions.close();
        pds.close();
    }
}
