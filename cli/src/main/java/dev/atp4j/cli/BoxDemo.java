// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import static dev.atp4j.cli.Story.check;
import static dev.atp4j.cli.Story.told;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Journal;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.SessionOverException;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Did;
import dev.atp4j.xrpc.XrpcClient;
import dev.atp4j.xrpc.XrpcError;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The life of a session, from login to logout, on a PDS in a box whose clock is moved by hand. */
final class BoxDemo {

    private static final String HANDLE = "alice.test";
    private static final String COLLECTION = "app.bsky.feed.post";
    private static final String TEXT = "Hello from a session that does not die";

    private static final String CREATE = "com.atproto.server.createSession";
    private static final String REFRESH = "com.atproto.server.refreshSession";
    private static final String DELETE = "com.atproto.server.deleteSession";
    private static final String GET = "com.atproto.server.getSession";
    private static final String GET_RECORD = "com.atproto.repo.getRecord";

    private static final Duration AT_WORK = Duration.ofHours(5);
    private static final Duration GONE = Duration.ofHours(3);
    private static final Duration ACCESS_TOKEN_LIFE = Duration.ofHours(2);

    private final EmbeddedPds pds;
    private final VirtualTime time;
    private final Path folder;
    private final Secret password = Secret.of("correct horse battery staple");
    private final Tokens tokens = new Tokens();
    private final Story story;

    /**
     * Sets the scene.
     *
     * @param pds where to play; its clock stands still
     * @param folder where the session may be stored
     */
    BoxDemo(EmbeddedPds pds, Path folder, Output output) {
        this.pds = pds;
        this.time = pds.time();
        this.folder = folder;
        this.story = new Story(output, this::calls, time.now());
    }

    Story story() {
        return story;
    }

    private List<Story.Call> calls() {
        return pds.journal().entries().stream()
                .map(entry -> new Story.Call(entry.nsid(), entry.status(), entry.at()))
                .toList();
    }

    /** Returns what went over the wire since there were so many calls. */
    private List<Journal.Entry> since(int calls) {
        List<Journal.Entry> all = pds.journal().entries();
        return all.subList(calls, all.size());
    }

    private int callsSoFar() {
        return pds.journal().entries().size();
    }

    private static List<Journal.Entry> only(String nsid, List<Journal.Entry> entries) {
        return entries.stream().filter(entry -> entry.nsid().equals(nsid)).toList();
    }

    /** Tells the story to its end. */
    void tell() throws Story.Broken {
        story.step("pds", () -> told("a PDS in a box listens on " + pds.url() + "; its clock is moved by hand"));
        Did alice = story.step("account", this::createAccount);
        var life = new Life(time, folder, tokens);
        try {
            PasswordSession session = story.step("login", () -> login(life));
            AtUri post = story.step("post", () -> post(session));
            story.step("read", () -> read(session, post));
            story.step("hours", () -> hoursPass(life, session, post));
        } finally {
            life.kill();
        }
        story.step("kill", this::nobodyThere);
        var secondLife = new Life(time, folder, tokens);
        try {
            PasswordSession session = story.step("resume", () -> resume(secondLife, alice));
            story.step("lost", () -> answerIsLost(secondLife, session));
            story.step("logout", () -> logout(secondLife, session));
        } finally {
            secondLife.kill();
        }
        story.step("tokens", () -> refreshTokensAreDead(alice));
        story.step("access", this::accessTokenRunsOut);
    }

    private Story.Told<Did> createAccount() {
        Account account = pds.createAccount(HANDLE, password.expose());
        return new Story.Told<>(account.did(), account.handle() + " has an account: " + account.did());
    }

    private Story.Told<PasswordSession> login(Life life) {
        PasswordSession session = life.sessions()
                .login(Login.as(HANDLE, password).service(pds.url()).build());
        life.settle();
        check(life.sessions().stored().equals(List.of(session.key())), "the session is stored");
        return new Story.Told<>(session, "logged in; the session is one file in a private folder");
    }

    private Story.Told<AtUri> post(PasswordSession session) {
        LexMap record = LexMap.builder()
                .put("$type", COLLECTION)
                .put("text", TEXT)
                .put("createdAt", time.now().toString())
                .build();
        LexMap input = LexMap.builder()
                .put("repo", session.key().did().value())
                .put("collection", COLLECTION)
                .put("record", record)
                .build();
        XrpcRequest request = XrpcRequest.procedure("com.atproto.repo.createRecord")
                .json(input)
                .build();
        AtUri uri = AtUri.parse(session.send(request).json().getString("uri").orElse(""));
        return new Story.Told<>(uri, "posted \"" + TEXT + "\" as " + uri);
    }

    private Story.Told<String> read(PasswordSession session, AtUri post) {
        XrpcRequest request = XrpcRequest.query(GET_RECORD)
                .param("repo", post.authority())
                .param("collection", COLLECTION)
                .param("rkey", String.valueOf(post.rkey()))
                .build();
        String text = session.send(request)
                .json()
                .getMap("value")
                .flatMap(value -> value.getString("text"))
                .orElse("");
        check(text.equals(TEXT), "what is read is what was posted");
        return told("read it back");
    }

    private Story.Told<String> hoursPass(Life life, PasswordSession session, AtUri post) {
        int before = callsSoFar();
        life.pass(AT_WORK);
        List<Journal.Entry> refreshes = only(REFRESH, since(before));
        check(refreshes.size() >= 2, "the tokens were refreshed while nobody asked for anything");
        check(allAnswered(200, refreshes), "every refresh worked");
        int now = callsSoFar();
        read(session, post);
        List<Journal.Entry> calls = since(now);
        check(calls.size() == 1 && allAnswered(200, calls), "a call after these hours works at once");
        return told(hours(AT_WORK) + " pass: the tokens were refreshed " + refreshes.size()
                + " times before they ran out, though nobody asked for it, and the next call works at once");
    }

    private Story.Told<String> nobodyThere() {
        int before = callsSoFar();
        time.advance(GONE);
        check(since(before).isEmpty(), "nothing is left of the process");
        return told("the process is killed; " + hours(GONE) + " pass, and nobody is there to refresh anything");
    }

    private Story.Told<PasswordSession> resume(Life life, Did alice) {
        int before = callsSoFar();
        PasswordSession session = life.sessions().resume(alice);
        life.settle();
        LexMap answer = session.send(XrpcRequest.query(GET).build()).json();
        check(answer.getString("did").filter(alice.value()::equals).isPresent(), "the session works again");
        List<Journal.Entry> calls = since(before);
        check(only(CREATE, calls).isEmpty(), "no password was needed");
        check(only(REFRESH, calls).size() == 1, "one refresh was enough");
        return new Story.Told<>(
                session, "a new process, knowing only the folder, resumed the session without a password");
    }

    private Story.Told<String> answerIsLost(Life life, PasswordSession session) {
        int before = callsSoFar();
        pds.faults().add(Fault.on(REFRESH).resetAfterProcessing());
        life.pass(ACCESS_TOKEN_LIFE);
        List<Journal.Entry> refreshes = only(REFRESH, since(before));
        check(
                refreshes.size() >= 2
                        && refreshes.get(0).status() == 0
                        && refreshes.get(1).status() == 200,
                "one refresh was not answered, and the next one was");
        check(
                String.valueOf(refreshes.get(0).tokenHash())
                        .equals(refreshes.get(1).tokenHash()),
                "the second refresh was made with the same token");
        session.send(XrpcRequest.query(GET).build());
        check(allAnswered(200, only(GET, since(before))), "the session goes on");
        return told("the answer to a refresh was lost, new tokens and all; the old one was sent again in time,"
                + " and the session goes on");
    }

    private Story.Told<String> logout(Life life, PasswordSession session) {
        Did did = session.key().did();
        int alive = pds.accounts().refreshTokens(did).size();
        check(alive >= 2, "an older token could still bring back what is logged out");
        int before = callsSoFar();
        session.logout();
        life.settle();
        check(allAnswered(200, only(DELETE, since(before))), "the server confirmed the logout");
        check(pds.accounts().refreshTokens(did).isEmpty(), "the server knows no token of the session any more");
        check(over(life, did), "whoever shares the folder knows that the session is over");
        return told("logged out: of " + alive + " refresh tokens that were still good, the server forgot all");
    }

    private static boolean over(Life life, Did did) {
        try {
            life.sessions().resume(did);
            return false;
        } catch (SessionOverException e) {
            return true;
        }
    }

    private Story.Told<String> refreshTokensAreDead(Did alice) {
        List<Secret> stolen = tokens.refresh();
        check(stolen.size() >= 4, "the tokens changed several times");
        for (Secret token : stolen) {
            check(refused(XrpcRequest.procedure(REFRESH).build(), token), "an old refresh token is refused");
        }
        check(pds.accounts().refreshTokens(alice).isEmpty(), "none of them brought the session back");
        return told("all " + stolen.size() + " refresh tokens that the session ever had are dead");
    }

    private Story.Told<String> accessTokenRunsOut() {
        time.advance(ACCESS_TOKEN_LIFE);
        check(refused(XrpcRequest.query(GET).build(), tokens.lastAccess()), "the last access token is refused");
        return told("the last access token, which servers cannot revoke, has run out by itself");
    }

    /** Tells whether the server refuses a token as dead, asked without the help of any session. */
    private boolean refused(XrpcRequest request, Secret token) {
        try (var transport = HttpTransport.create()) {
            XrpcResponse response = new XrpcClient(transport, pds.url())
                    .exchange(
                            request,
                            Headers.of("authorization", "Bearer " + token.expose()),
                            XrpcClient.DEFAULT_TIMEOUT);
            return response.status() == 400
                    && response.error()
                            .map(XrpcError::name)
                            .filter("ExpiredToken"::equals)
                            .isPresent();
        }
    }

    private static boolean allAnswered(int status, List<Journal.Entry> entries) {
        return entries.stream().allMatch(entry -> entry.status() == status);
    }

    private static String hours(Duration time) {
        return time.toHours() + " hours";
    }
}
