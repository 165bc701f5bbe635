// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.atp4j.AtpException;
import dev.atp4j.Secret;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.JdkHttpTransport;
import dev.atp4j.http.apache.ApacheHttpTransport;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.xrpc.XrpcRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A program in a JVM of its own that lives the whole life of a session with all logs on, and shows its heap: once while the
 * session is alive, and once after the logout, still holding on to all that it got. It asks the test before each step.
 */
final class LifeChild {

    /** All that the program has got, so that nothing is gone only because nobody holds it any more. */
    private static final List<Object> HELD = new ArrayList<>();

    private LifeChild() {}

    public static void main(String[] args) throws IOException {
        URI service = URI.create(args[0]);
        Path folder = Path.of(args[1]);
        boolean apache = args[2].equals("apache");
        var handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        root.setLevel(Level.ALL);

        HttpTransport transport = apache ? new ApacheHttpTransport() : new JdkHttpTransport();
        Sessions sessions = Sessions.builder()
                .store(FileSessionStore.in(folder.resolve("sessions")))
                .transport(transport)
                .listener(new SessionListener() {})
                .build();
        HELD.add(transport);
        HELD.add(sessions);
        PasswordSession session = login(sessions, service, folder.resolve("password"));
        HELD.add(session);
        ask();
        session.refresh();
        ask();
        for (int i = 0; i < 10; i++) {
            call(session);
        }
        dump(folder.resolve("alive.hprof"));
        ask();
        session.refresh();
        ask();
        try {
            session.logout();
        } catch (AtpException e) {
            HELD.add(e); // the server did not confirm it at once
            session.logout();
        }
        call(session);
        sessions.close();
        transport.close();
        awaitTheClientsEnd();
        dump(folder.resolve("over.hprof"));
        System.out.println("held " + HELD.size());
    }

    /** Logs in with a password that nothing keeps when this is over. */
    private static PasswordSession login(Sessions sessions, URI service, Path file) throws IOException {
        Secret password = Secret.of(Files.readString(file));
        Secret wrong = Secret.of("wrong" + password.expose());
        HELD.add(
                sessions.tryLogin(Login.as("alice.test", wrong).service(service).build()));
        return sessions.login(Login.as("alice.test", password).service(service).build());
    }

    private static void call(PasswordSession session) {
        try {
            HELD.add(session.send(XrpcRequest.query(World.TIMELINE).build()));
        } catch (AtpException e) {
            HELD.add(e);
            e.printStackTrace();
        }
    }

    /** Lets the test look at the store, and make trouble for what comes next. */
    private static void ask() throws IOException {
        System.out.println("next?");
        if (System.in.read() < 0) {
            throw new IOException("the test is gone");
        }
    }

    /** Before Java 21 the JDK's client, with the bytes in its buffers, ends when the garbage collector has found it. */
    private static void awaitTheClientsEnd() {
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("HttpClient"))) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static void dump(Path file) throws IOException {
        System.gc();
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
    }
}
