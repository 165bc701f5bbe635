// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import dev.atp4j.Secret;
import dev.atp4j.pds.server.Box;
import dev.atp4j.pds.server.Service;
import dev.atp4j.pds.server.Settings;
import dev.atp4j.pds.wire.Listener;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A PDS in a box: it listens on loopback, keeps everything in memory, and treats sessions and records as the reference
 * PDS does, down to the wording of its errors. Its clock, its faults and its journal belong to the test.
 *
 * <pre>{@code
 * try (EmbeddedPds pds = EmbeddedPds.builder().start()) {
 *     Account alice = pds.createAccount("alice.test", "password");
 *     // log in at pds.url() ...
 *     pds.time().advance(Duration.ofHours(3));
 *     pds.faults().add(Fault.on("com.atproto.server.refreshSession").resetAfterProcessing());
 *     // ...
 *     pds.journal().count("com.atproto.server.refreshSession");
 * }
 * }</pre>
 *
 * <p>Besides the PDS the box holds a PLC directory, an administrator's interface and, on request, an entryway and a
 * second PDS to move to; each on a port of its own. What it leaves out: passwords are kept as they are given, commits
 * carry no Merkle search tree and no signature, records are not validated, and nothing is proxied to other services.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedPds implements AutoCloseable {

    private final VirtualTime time;
    private final Faults faults = new Faults();
    private final Journal journal = new Journal();
    private final Box box;
    private final Accounts accounts;
    private final @Nullable Service entryway;
    private final Service pds;
    private final URI plc;
    private final AdminServer admin;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<Listener> listeners = new ArrayList<>();
    private @Nullable Service otherPds;

    private EmbeddedPds(Builder builder) {
        time = builder.time;
        box = new Box(builder.settings(), time);
        accounts = new Accounts(box.registry(), this::otherPds);
        try {
            entryway = builder.entryway ? open(builder.port, Side.ENTRYWAY, box::addEntryway) : null;
            pds = open(builder.entryway ? 0 : builder.port, Side.PDS, box::addHost);
            plc = openDirectory();
            admin = new AdminServer(new Admin(this));
        } catch (RuntimeException e) {
            listeners.forEach(Listener::close);
            throw e;
        }
    }

    private Service open(int port, Side side, Function<URI, Service> create) {
        Listener listener = listen(port);
        Service service = create.apply(listener.origin());
        listener.serve(new Wiretap(side, faults, journal, time, service));
        return service;
    }

    private URI openDirectory() {
        Listener listener = listen(0);
        listener.serve(new Wiretap(Side.PLC, faults, journal, time, box.directory()));
        return listener.origin();
    }

    private Listener listen(int port) {
        Listener listener = Listener.open(port);
        listeners.add(listener);
        return listener;
    }

    private Service otherPds() {
        lock.lock();
        try {
            Service other = otherPds;
            if (other == null) {
                other = open(0, Side.OTHER_PDS, box::addHost);
                otherPds = other;
            }
            return other;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Starts to describe a box. Everything has a default.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns where clients log in.
     *
     * @return the origin of the entryway if there is one, else of the PDS
     */
    public URI url() {
        return entryway == null ? pds.url() : entryway.url();
    }

    /**
     * Returns where new accounts have their data.
     *
     * @return the origin of the PDS
     */
    public URI pdsUrl() {
        return pds.url();
    }

    /**
     * Returns where accounts move to; starts that PDS if no account has moved yet.
     *
     * @return the origin of the second PDS
     */
    public URI otherPdsUrl() {
        return otherPds().url();
    }

    /**
     * Returns where DID documents are.
     *
     * @return the origin of the PLC directory
     */
    public URI plcUrl() {
        return plc;
    }

    /**
     * Returns where a test in another process finds clock, faults, journal and accounts.
     *
     * @return a URL whose path nobody can guess, with a slash at its end
     */
    public URI adminUrl() {
        return admin.url();
    }

    /**
     * Creates an account; short for {@code accounts().create(handle, password)}.
     *
     * @param handle its handle; any will do
     * @param password its password
     * @return the account
     * @throws IllegalArgumentException if the handle is none, or is taken
     */
    public Account createAccount(String handle, String password) {
        return accounts.create(handle, password);
    }

    /**
     * Returns the clock of all servers in the box.
     *
     * @return the clock
     */
    public VirtualTime time() {
        return time;
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

    /**
     * Returns what the operator can do with accounts.
     *
     * @return the accounts
     */
    public Accounts accounts() {
        return accounts;
    }

    /** Stops all servers and breaks all connections, also those that a fault holds. */
    @Override
    public void close() {
        lock.lock();
        try {
            admin.close();
            listeners.forEach(Listener::close);
        } finally {
            lock.unlock();
        }
    }

    /** Describes a box. Confined to one thread. */
    public static final class Builder {

        private int port;
        private VirtualTime time = VirtualTime.stopped();
        private boolean entryway;
        private @Nullable Boolean didDocInSession;
        private boolean rateLimits;
        private boolean expiredTokenAs401;
        private Duration accessLifetime = Duration.ofHours(2);
        private Duration refreshLifetime = Duration.ofDays(90);
        private Duration refreshGrace = Duration.ofHours(2);
        private int blobLimit = 5 << 20;
        private @Nullable Secret jwtSecret;

        private Builder() {}

        /**
         * Sets the port of {@link EmbeddedPds#url()}; the other servers take free ones.
         *
         * @param number the port, or 0 (the default) for a free one
         * @return this builder
         */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /**
         * Sets the clock. The default is {@link VirtualTime#stopped()}.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder time(VirtualTime clock) {
            this.time = clock;
            return this;
        }

        /**
         * Puts an entryway before the PDS, as at bsky.social: it opens and keeps sessions, the PDS keeps data.
         *
         * @param on whether there is one; not by default
         * @return this builder
         */
        public Builder entryway(boolean on) {
            this.entryway = on;
            return this;
        }

        /**
         * Says whether session answers carry the DID document. By default as it is in the wild: behind an entryway they
         * do, those of a PDS alone do not.
         *
         * @param on whether they do
         * @return this builder
         */
        public Builder didDocInSession(boolean on) {
            this.didDocInSession = on;
            return this;
        }

        /**
         * Counts calls and limits them with the numbers of the reference PDS.
         *
         * @param on whether it does; not by default
         * @return this builder
         */
        public Builder rateLimits(boolean on) {
            this.rateLimits = on;
            return this;
        }

        /**
         * Answers expired tokens by 401 instead of 400, as some servers do.
         *
         * @param on whether it does; not by default
         * @return this builder
         */
        public Builder expiredTokenAs401(boolean on) {
            this.expiredTokenAs401 = on;
            return this;
        }

        /**
         * Sets how long access tokens are good.
         *
         * @param lifetime counted in whole seconds; two hours by default
         * @return this builder
         */
        public Builder accessLifetime(Duration lifetime) {
            this.accessLifetime = lifetime;
            return this;
        }

        /**
         * Sets how long unused refresh tokens are good.
         *
         * @param lifetime counted in whole seconds; 90 days by default
         * @return this builder
         */
        public Builder refreshLifetime(Duration lifetime) {
            this.refreshLifetime = lifetime;
            return this;
        }

        /**
         * Sets how long a used refresh token stays good, from its first use.
         *
         * @param grace two hours by default; with zero, a used token is dead at once
         * @return this builder
         */
        public Builder refreshGrace(Duration grace) {
            this.refreshGrace = grace;
            return this;
        }

        /**
         * Sets the largest upload.
         *
         * @param bytes its size; 5 MiB by default
         * @return this builder
         */
        public Builder blobLimit(int bytes) {
            this.blobLimit = bytes;
            return this;
        }

        /**
         * Sets the key that tokens are signed with, for tests that forge some. A random one by default.
         *
         * @param secret the key
         * @return this builder
         */
        public Builder jwtSecret(Secret secret) {
            this.jwtSecret = secret;
            return this;
        }

        /**
         * Starts all servers of the box.
         *
         * @return the running box, to be closed by the caller
         * @throws java.io.UncheckedIOException if the port cannot be had
         */
        public EmbeddedPds start() {
            return new EmbeddedPds(this);
        }

        private Settings settings() {
            Boolean didDoc = didDocInSession;
            Secret secret = jwtSecret;
            return new Settings(
                    accessLifetime,
                    refreshLifetime,
                    refreshGrace,
                    didDoc == null ? entryway : didDoc,
                    rateLimits,
                    expiredTokenAs401,
                    blobLimit,
                    secret == null ? randomSecret() : secret);
        }

        private static Secret randomSecret() {
            var bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            return Secret.of(HexFormat.of().formatHex(bytes));
        }
    }
}
