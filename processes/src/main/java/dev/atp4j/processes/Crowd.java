// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import dev.atp4j.Secret;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.Login;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.StateJson;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Processes that share one account: its PDS, its store, and a clock for all that the parent moves. Confined to one thread,
 * but for killing.
 */
public final class Crowd implements AutoCloseable {

    private static final String PASSWORD = "correct-horse-battery";

    /** How many processes start at the same time. */
    private static final int STARTING = 4;

    private final Launch launch;
    private final String url;
    private final StoreUrl.Opened store;
    private final EmbeddedPds pds =
            EmbeddedPds.builder().time(VirtualTime.running()).start();
    private final Account alice = pds.createAccount("alice.test", PASSWORD);
    private final List<Member> members = new ArrayList<>();
    private Duration passed = Duration.ZERO;

    /**
     * Opens a crowd around a new account.
     *
     * @param url the store as its members see it
     * @param view the same store as the parent sees it
     */
    Crowd(Launch launch, String url, String view) {
        this.launch = launch;
        this.url = url;
        this.store = StoreUrl.open(view);
        try (Sessions sessions = Sessions.builder()
                .store(store.store())
                .time(pds.time())
                .proactiveRefresh(false)
                .build()) {
            sessions.login(Login.as("alice.test", Secret.of(PASSWORD))
                    .service(pds.url())
                    .build());
        }
    }

    /** Returns the account's PDS. Its clock is moved by {@link #pass} only. */
    public EmbeddedPds pds() {
        return pds;
    }

    /** Returns the account. */
    public Account account() {
        return alice;
    }

    /** Returns the store, past whatever stands between it and the members. */
    public SessionStore store() {
        return store.store();
    }

    /** Returns the command that logs the account in anew. */
    public String login() {
        return "login " + pds.url() + " alice.test " + PASSWORD;
    }

    /** Returns what the store holds of the session, or throws if that can't be read. */
    public SessionState stored() {
        return StateJson.read(store.store().read(SessionKey.of(alice.did())).orElseThrow());
    }

    /** Returns what the server says about refreshes. */
    public Tally tally() {
        return Tally.of(pds.journal());
    }

    /** Starts a process that takes part, and does not wait until it is ready. */
    Member start(String... more) {
        var member = new Member(launch.worker(options(more)));
        members.add(member);
        return member;
    }

    /** Starts a process to learn from, which writes an archive when it ends. */
    Member rehearse(Path archive) {
        var member = new Member(launch.rehearsal(archive, options()));
        members.add(member);
        return member;
    }

    private List<String> options(String... more) {
        List<String> options = new ArrayList<>(
                List.of("--store", url, "--did", alice.did().value(), "--clock", Long.toString(passed.toMillis())));
        options.addAll(List.of(more));
        return options;
    }

    /** Starts a process that takes part, with further options of a {@link Worker}. */
    public Member join(String... more) {
        Member member = start(more);
        awaitReady(member);
        return member;
    }

    /** Starts many, a few at a time. */
    public List<Member> join(int count) {
        List<Member> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(start());
            if (i >= STARTING) {
                awaitReady(some.get(i - STARTING));
            }
        }
        some.subList(Math.max(0, count - STARTING), count).forEach(Crowd::awaitReady);
        return some;
    }

    static void awaitReady(Member member) {
        if (member.answer().isEmpty()) {
            throw new IllegalStateException("a process did not start");
        }
    }

    /** Kills a process. */
    public void kill(Member member) {
        member.kill();
        members.remove(member);
    }

    /** Lets time pass, for the server and for everybody. Nobody may have anything under way. */
    public void pass(Duration time) {
        passed = passed.plus(time);
        pds.time().advance(time);
        ask(members, "clock " + passed.toMillis());
    }

    /** Has some do the same at the same time, and returns their answers; of those who died there is none. */
    public static List<Optional<String>> ask(List<Member> some, String command) {
        some.forEach(member -> member.tell(command));
        return some.stream().map(Member::answer).toList();
    }

    @Override
    public void close() {
        try (store;
                pds) {
            Member.close(members);
        }
    }
}
