// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdsCommandTest {

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    /** A running {@code atp pds}. */
    private final class Served implements AutoCloseable {

        private final StringWriter out = new StringWriter();
        private final StringWriter err = new StringWriter();
        private final CountDownLatch ready = new CountDownLatch(1);
        private final CountDownLatch stop = new CountDownLatch(1);
        private final Thread thread;
        private volatile int code = -1;

        Served(String... options) throws InterruptedException {
            var args = new ArrayList<>(List.of("pds"));
            args.addAll(List.of(options));
            Surroundings surroundings = shell.surroundings("", new PrintWriter(out), new PrintWriter(err), () -> {
                ready.countDown();
                stop.await();
            });
            thread = new Thread(() -> {
                code = Atp.run(surroundings, args.toArray(String[]::new));
                ready.countDown();
            });
            thread.start();
            assertThat(ready.await(30, TimeUnit.SECONDS)).isTrue();
        }

        LexMap json() {
            assertThat(out.toString().lines()).hasSize(1);
            return LexJson.parseMap(out.toString().getBytes(StandardCharsets.UTF_8));
        }

        String url() {
            return json().getString("url").orElseThrow();
        }

        LexValue admin(String method, String path, String body) throws IOException, InterruptedException {
            String admin = json().getString("admin").orElseThrow();
            HttpResponse<byte[]> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(admin + "/" + path))
                                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            return LexJson.parse(response.body());
        }

        int stop() {
            stop.countDown();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return code;
        }

        @Override
        public void close() {
            stop();
        }
    }

    @Test
    void oneLineTellsWhereEverythingIs() throws Exception {
        try (var served =
                new Served("--account", "alice.test:pw:with:colons", "bob.test:pw2", "--account", "c.test:pw3")) {
            assertThat(served.url()).startsWith("http://127.0.0.1:");
            assertThat(served.json().getString("plc")).isPresent();
            assertThat(served.json().getString("pds")).contains(served.url());
            assertThat(served.json().getString("admin").orElseThrow())
                    .matches("http://127\\.0\\.0\\.1:\\d+/[0-9a-f]{32}");
            LexList accounts = served.json().getList("accounts").orElseThrow();
            assertThat(accounts)
                    .extracting(a -> ((LexMap) a).getString("handle").orElseThrow())
                    .containsExactly("alice.test", "bob.test", "c.test");
            assertThat(served.out.toString()).doesNotContain("pw");
            assertThat(login(served, "alice.test", "pw:with:colons").code()).isZero();
            assertThat(login(served, "bob.test", "pw2").code()).isZero();
            assertThat(served.stop()).isZero();
            assertThat(login(served, "bob.test", "pw2").code()).isEqualTo(ExitCode.TRY_LATER);
        }
    }

    @Test
    void clockFaultsAndJournalAreAtTheAdminAddress() throws Exception {
        try (var served = new Served("--account", "alice.test:pw")) {
            assertThat(login(served, "alice.test", "pw").code()).isZero();
            served.admin("POST", "clock", "{\"advanceSeconds\":10800}");
            served.admin(
                    "POST",
                    "faults",
                    "{\"nsid\":\"com.atproto.server.refreshSession\",\"kind\":\"resetAfterProcessing\"}");
            Shell.Result whoami = shell.run("whoami", "--json");
            assertThat(whoami.err()).isEmpty();
            LexList journal = (LexList) served.admin("GET", "journal", "");
            assertThat(journal)
                    .extracting(entry -> ((LexMap) entry).getString("nsid").orElseThrow() + " "
                            + ((LexMap) entry).getLong("status").orElseThrow())
                    .contains("com.atproto.server.refreshSession 0", "com.atproto.server.refreshSession 200");
        }
    }

    @Test
    void someAccountsNeedASignInCode() throws Exception {
        try (var served = new Served("--account", "alice.test:pw", "--auth-factor", "alice.test")) {
            assertThat(login(served, "alice.test", "pw").code()).isEqualTo(ExitCode.LOGIN_REFUSED);
            LexMap mail = (LexMap) served.admin("POST", "accounts/latestEmailCode", "{\"account\":\"alice.test\"}");
            Shell.Result result = shell.piped(
                    "pw\n" + mail.getString("code").orElseThrow() + "\n",
                    "login",
                    "--service",
                    served.url(),
                    "--identifier",
                    "alice.test",
                    "--password-stdin",
                    "--auth-factor-token-stdin");
            assertThat(result.code()).isZero();
        }
    }

    @Test
    void anEntrywayStandsBeforeThePds() throws Exception {
        try (var served = new Served("--entryway", "--account", "alice.test:pw")) {
            assertThat(served.json().getString("pds").orElseThrow()).isNotEqualTo(served.url());
            assertThat(login(served, "alice.test", "pw").code()).isZero();
            assertThat(shell.run("whoami", "--json").json().getString("pds"))
                    .isEqualTo(served.json().getString("pds"));
        }
    }

    @Test
    void aPortThatIsTakenIsAnError() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var served = new Served("--port", Integer.toString(taken.getLocalPort()))) {
            assertThat(served.stop()).isEqualTo(ExitCode.USAGE);
            assertThat(served.err.toString()).contains("--port");
        }
    }

    @Test
    void aGivenPortIsUsed() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (var served = new Served("--port", Integer.toString(free))) {
            assertThat(served.url()).isEqualTo("http://127.0.0.1:" + free);
        }
    }

    @Test
    void accountsThatCannotBeAreRefusedWithoutShowingTheirPasswords() {
        for (String account : new String[] {"alice.test", "alice:planted", ":planted", "alice.test:"}) {
            Shell.Result result = shell.run("pds", "--account", account, "--json");
            assertThat(result.code()).as(account).isEqualTo(ExitCode.USAGE);
            assertThat(result.err()).as(account).doesNotContain("planted");
        }
        assertThat(shell.run("pds", "--auth-factor", "nobody.test").code()).isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("pds", "--port", "65536").code()).isEqualTo(ExitCode.USAGE);
    }

    private Shell.Result login(Served served, String handle, String password) {
        return shell.piped(
                password + "\n", "login", "--service", served.url(), "--identifier", handle, "--password-stdin");
    }
}
