// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.pds.wire.Listener;
import dev.atp4j.time.Time;
import java.net.URI;

/**
 * Stands in front of a server somewhere else, with the same faults and the same journal as the embedded PDS: for tests
 * against a real one. Listens on loopback. Thread-safe.
 *
 * <p>It changes nothing in the answers by itself, so addresses in them still lead past it.
 */
public final class FaultProxy implements AutoCloseable {

    private final Faults faults = new Faults();
    private final Journal journal = new Journal();
    private final HttpTransport transport;
    private final Listener listener;
    private final AdminServer admin;

    private FaultProxy(URI upstream, int port, Time time) {
        listener = Listener.open(port);
        transport = HttpTransport.create();
        listener.serve(new Wiretap(Side.UPSTREAM, faults, journal, time, new Upstream(upstream, transport)));
        admin = new AdminServer(new Admin(url(), faults, journal));
    }

    /**
     * Starts a proxy on a free port and the machine's time.
     *
     * @param upstream the origin of the server to stand in front of
     * @return the running proxy, to be closed by the caller
     */
    public static FaultProxy to(URI upstream) {
        return to(upstream, 0, Time.system());
    }

    /**
     * Starts a proxy.
     *
     * @param upstream the origin of the server to stand in front of
     * @param port the port, or 0 for a free one
     * @param time the clock of the journal and of delays
     * @return the running proxy, to be closed by the caller
     * @throws java.io.UncheckedIOException if the port cannot be had
     */
    public static FaultProxy to(URI upstream, int port, Time time) {
        return new FaultProxy(upstream, port, time);
    }

    /**
     * Returns where to call instead of the upstream server.
     *
     * @return the origin of the proxy
     */
    public URI url() {
        return listener.origin();
    }

    /**
     * Returns where a test in another process finds faults and journal.
     *
     * @return a URL whose path nobody can guess, with a slash at its end
     */
    public URI adminUrl() {
        return admin.url();
    }

    /**
     * Returns the faults that wait for their calls.
     *
     * @return the queue
     */
    public Faults faults() {
        return faults;
    }

    /**
     * Returns what went over the wire.
     *
     * @return the journal
     */
    public Journal journal() {
        return journal;
    }

    /** Stops the proxy and breaks its connections. */
    @Override
    public void close() {
        admin.close();
        listener.close();
        transport.close();
    }
}
