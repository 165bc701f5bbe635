// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.FaultProxy;
import dev.atp4j.session.PasswordSession;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Where our client takes the account's server from: the document that comes with a login, if it can be trusted. */
final class PdsEndpoint {

    private static final String TYPE = "AtprotoPersonalDataServer";

    private PdsEndpoint() {}

    static List<Scenario> scenarios() {
        return List.of(
                endpoint(
                        "L16",
                        "the PDS is taken from a valid document",
                        true,
                        (account, pds) -> document(account, service("#atproto_pds", TYPE, text(pds)))),
                endpoint(
                        "L17",
                        "a document without services changes nothing",
                        false,
                        (account, pds) ->
                                LexMap.builder().put("id", account.did()).build()),
                endpoint(
                        "L18",
                        "a document without #atproto_pds changes nothing",
                        false,
                        (account, pds) -> document(account, service("#bsky_chat", TYPE, text(pds)))),
                endpoint(
                        "L19",
                        "an endpoint that is no URL changes nothing",
                        false,
                        (account, pds) -> document(account, service("#atproto_pds", TYPE, text("not a url")))),
                endpoint("L20", "without a document the service is the PDS", false, (account, pds) -> null),
                endpoint(
                        "L21",
                        "an endpoint that is no text changes nothing",
                        false,
                        (account, pds) -> document(account, service("#atproto_pds", TYPE, new LexInteger(1)))),
                endpoint(
                        "S60/other-account",
                        "another account's document changes nothing",
                        false,
                        (account, pds) -> document(account, service("#atproto_pds", TYPE, text(pds)))
                                .with("id", text("did:web:somebody.test"))),
                endpoint(
                        "S60/other-type",
                        "a service of another type changes nothing",
                        false,
                        (account, pds) -> document(account, service("#atproto_pds", "SomethingElse", text(pds)))),
                refused("S60/address", "http://169.254.169.254"),
                refused("S60/private", "https://10.0.0.1"),
                refused("S60/userinfo", "https://somebody@pds.example.com"),
                refused("S60/path", "https://pds.example.com/path"),
                refused("S60/plain-http", "http://pds.example.com"),
                refused("S60/scheme", "ftp://pds.example.com"));
    }

    private static Scenario refused(String id, String url) {
        return endpoint(
                id,
                "the endpoint " + url + " changes nothing",
                false,
                (account, pds) -> document(account, service("#atproto_pds", TYPE, text(url))));
    }

    /** Logs in at a proxy whose answer carries this document, and looks where calls go. */
    private static Scenario endpoint(
            String id, String sentence, boolean toPds, BiFunction<Account, String, @Nullable LexMap> document) {
        return Scenario.of(id, sentence, world -> {
            Account account = world.createAccount();
            try (var entryway = FaultProxy.to(world.service())) {
                LexMap didDoc = document.apply(account, world.service().toString());
                if (didDoc != null) {
                    entryway.faults().add(Fault.on(Program.LOGIN).withField("didDoc", didDoc));
                }
                PasswordSession session = Program.at(world, entryway.url()).logIn(account);
                assertThat(session.pds()).isEqualTo(toPds ? world.service() : entryway.url());
                Program.call(session);
                assertThat(world.calls(Program.ORDINARY)).isEqualTo(1);
                assertThat(entryway.journal().count(Program.ORDINARY)).isEqualTo(toPds ? 0 : 1);
            }
        });
    }

    private static LexMap document(Account account, LexMap service) {
        return document(account.did(), service);
    }

    private static LexMap document(String did, LexMap service) {
        return LexMap.builder()
                .put("id", did)
                .put("service", new LexList(List.of(service)))
                .build();
    }

    /** Returns a document that names this PDS. */
    static LexMap document(String did, String pds) {
        return document(did, service("#atproto_pds", TYPE, text(pds)));
    }

    private static LexMap service(String id, String type, LexValue endpoint) {
        return LexMap.builder()
                .put("id", id)
                .put("type", type)
                .put("serviceEndpoint", endpoint)
                .build();
    }

    private static LexString text(String value) {
        return new LexString(value);
    }
}
