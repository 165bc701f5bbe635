// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import static dev.atp4j.conformance.compare.Program.ORDINARY;
import static dev.atp4j.conformance.compare.Stage.LOGIN;
import static dev.atp4j.conformance.compare.Stage.REFRESH;

import dev.atp4j.pds.Fault;
import java.util.List;

/** Where passwords and tokens go when servers and programs name other hosts. */
final class Guarding {

    private Guarding() {}

    static List<Scene> scenes() {
        return List.of(
                pdsElsewhere(
                        "S60/private",
                        "the DID document names a PDS at a link-local address",
                        "http://169.254.169.254"),
                pdsElsewhere("S60/plain", "the DID document names a PDS at plain http elsewhere", "http://pds.example"),
                pdsElsewhere(
                        "S60/user",
                        "the DID document names a PDS with a user name in its address",
                        "https://user@pds.example"),
                Scene.of("S60/other", "the answer has a DID document of another account", Promise.HOME_ONLY, stage -> {
                    try (var stranger = new Stranger()) {
                        stage.fault(Fault.on(LOGIN)
                                .withField(
                                        "didDoc",
                                        Stranger.document(
                                                "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa",
                                                stranger.url().toString())));
                        stage.loggedIn().call();
                        return Finding.that(!stranger.has("Bearer "), "the access token goes there");
                    }
                }),
                Scene.of("S61/login", "a login is redirected to another host", Promise.HOME_ONLY, stage -> {
                    try (var stranger = new Stranger()) {
                        stage.fault(Fault.on(LOGIN).always().redirectTo(stranger.url()));
                        stage.start()
                                .logIn(stage.account().handle(), stage.account().password());
                        return Finding.that(!stranger.has(stage.account().password()), "the password goes there");
                    }
                }),
                Scene.of("S61/refresh", "a refresh is redirected to another host", Promise.HOME_ONLY, stage -> {
                    try (var stranger = new Stranger()) {
                        Program program = stage.loggedIn();
                        stage.fault(Fault.on(REFRESH).redirectTo(stranger.url()));
                        stage.hours(3);
                        program.call();
                        return Finding.that(!stranger.has("Bearer "), "the refresh token goes there");
                    }
                }),
                Scene.of("S61/call", "a call is redirected to another host", Promise.HOME_ONLY, stage -> {
                    try (var stranger = new Stranger()) {
                        Program program = stage.loggedIn();
                        stage.fault(Fault.on(ORDINARY).always().redirectTo(stranger.url()));
                        program.call();
                        return Finding.that(!stranger.has("Bearer "), "the access token goes there");
                    }
                }),
                path("S62/absolute", "a program passes on an address of another host as a path", "http:"),
                path("S62/slashes", "a program passes on //host as a path", ""),
                Scene.of("S63", "a session is printed", Promise.NOT_SHOWN, stage -> {
                    List<String> shown = stage.loggedIn().shown();
                    return Finding.that(shown.isEmpty(), "shows " + String.join(", ", shown));
                }));
    }

    private static Scene pdsElsewhere(String id, String sentence, String endpoint) {
        return Scene.of(id, sentence, Promise.HOME_ONLY, stage -> {
            stage.fault(Fault.on(LOGIN)
                    .withField("didDoc", Stranger.document(stage.account().did(), endpoint)));
            Program program = stage.loggedIn();
            program.call();
            return Finding.that(program.strays().isEmpty(), "the access token goes there");
        });
    }

    private static Scene path(String id, String sentence, String scheme) {
        return Scene.of(id, sentence, Promise.HOME_ONLY, stage -> {
            try (var stranger = new Stranger()) {
                Program program = stage.loggedIn();
                program.get(scheme + "//" + stranger.url().getAuthority() + "/xrpc/" + ORDINARY);
                return Finding.that(!stranger.has("Bearer "), "the access token goes there");
            }
        });
    }
}
