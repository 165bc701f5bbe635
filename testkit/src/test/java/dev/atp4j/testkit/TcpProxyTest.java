// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpProxyTest {

    private static final Duration SOON = Duration.ofMillis(50);

    /** What has come to the server. */
    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();

    private ServerSocket echo;
    private TcpProxy proxy;
    private Socket client;

    @BeforeEach
    void connect() throws IOException {
        echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        proxy = TcpProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), echo.getLocalPort()));
        var server = new Thread(this::serve, "echo");
        server.setDaemon(true);
        server.start();
        client = open();
    }

    private void serve() {
        while (true) {
            try {
                Socket socket = echo.accept();
                var answers = new Thread(
                        () -> {
                            try (socket) {
                                echo(socket);
                            } catch (IOException e) {
                                // the test has broken it
                            }
                        },
                        "echo-connection");
                answers.setDaemon(true);
                answers.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void echo(Socket socket) throws IOException {
        var buffer = new byte[100];
        for (int read = socket.getInputStream().read(buffer);
                read >= 0;
                read = socket.getInputStream().read(buffer)) {
            arrived.add(new String(buffer, 0, read, StandardCharsets.UTF_8));
            socket.getOutputStream().write(buffer, 0, read);
        }
    }

    private Socket open() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        echo.close();
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String receive(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    }

    @Test
    void everythingPassesUntilItIsToldOtherwise() throws IOException {
        send(client, "hello");
        assertThat(receive(client, 5)).isEqualTo("hello");
        assertThat(proxy.accepted()).isEqualTo(1);
    }

    @Test
    void anEndIsPassedOnToo() throws IOException {
        send(client, "hello");
        client.shutdownOutput();
        assertThat(receive(client, 100)).isEqualTo("hello");
    }

    @Test
    void aBlackHoleTellsNobodyAndGivesBackWhatItHeld() throws IOException {
        proxy.blackhole();
        send(client, "hello");
        Socket other = open();
        send(other, "you");
        client.setSoTimeout((int) SOON.toMillis());
        assertThatThrownBy(() -> receive(client, 1)).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(30_000);
        proxy.pass();
        assertThat(receive(client, 5)).isEqualTo("hello");
        assertThat(receive(other, 3)).isEqualTo("you");
        other.close();
    }

    @Test
    void aSilentServerStillHears() throws Exception {
        proxy.silence();
        send(client, "hello");
        assertThat(arrived.poll(30, TimeUnit.SECONDS)).isEqualTo("hello");
        client.setSoTimeout((int) SOON.toMillis());
        assertThatThrownBy(() -> receive(client, 1)).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(30_000);
        proxy.pass();
        assertThat(receive(client, 5)).isEqualTo("hello");
    }

    @Test
    void aDelayHoldsEachPiece() throws IOException {
        proxy.delay(Duration.ofDays(1));
        send(client, "hello");
        client.setSoTimeout((int) SOON.toMillis());
        assertThatThrownBy(() -> receive(client, 1)).isInstanceOf(SocketTimeoutException.class);
        proxy.delay(SOON);
        Socket other = open();
        send(other, "you");
        assertThat(receive(other, 3)).isEqualTo("you");
        other.close();
    }

    @Test
    void aConnectionIsCutAfterSoManyBytesAndTheNextOnePasses() throws IOException {
        proxy.cutAfter(7);
        send(client, "hello");
        assertThat(receive(client, 5)).isEqualTo("hello");
        send(client, "again");
        assertThatThrownBy(() -> {
                    assertThat(receive(client, 3)).isEqualTo("ag");
                    throw new SocketException("ended after what may pass");
                })
                .isInstanceOf(SocketException.class);
        Socket next = open();
        send(next, "hello");
        assertThat(receive(next, 5)).isEqualTo("hello");
        next.close();
    }

    @Test
    void openConnectionsAreBrokenAndNewOnesGoOn() throws IOException {
        send(client, "hello");
        assertThat(receive(client, 5)).isEqualTo("hello");
        proxy.reset();
        assertThatThrownBy(() -> receive(client, 1)).isInstanceOf(SocketException.class);
        Socket next = open();
        send(next, "hello");
        assertThat(receive(next, 5)).isEqualTo("hello");
        next.close();
    }

    @Test
    void newConnectionsAreRefusedAndOpenOnesGoOn() throws IOException {
        send(client, "hello");
        assertThat(receive(client, 5)).isEqualTo("hello");
        proxy.refuse();
        Socket next = open();
        assertThatThrownBy(() -> {
                    send(next, "hello");
                    if (receive(next, 1).isEmpty()) {
                        throw new SocketException("ended");
                    }
                })
                .isInstanceOf(SocketException.class);
        send(client, "again");
        assertThat(receive(client, 5)).isEqualTo("again");
        next.close();
    }

    @Test
    void aHalfClosedConnectionEndsForItsReaderOnly() throws IOException {
        send(client, "hello");
        assertThat(receive(client, 5)).isEqualTo("hello");
        proxy.halfClose();
        assertThat(receive(client, 1)).isEmpty();
        send(client, "is anybody there");
    }

    @Test
    void aClosedProxyHasNoConnections() throws IOException {
        send(client, "hello");
        assertThat(receive(client, 5)).isEqualTo("hello");
        proxy.close();
        assertThatThrownBy(() -> receive(client, 1)).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> {
                    try (Socket late = open()) {
                        if (receive(late, 1).isEmpty()) {
                            throw new SocketException("ended");
                        }
                    }
                })
                .isInstanceOf(IOException.class);
    }
}
