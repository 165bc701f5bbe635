// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.time.Time;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Everything in the box: its PDSs, its entryway if there is one, the PLC directory, and the lock that guards them all.
 */
public final class Box {

    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private final Settings settings;
    private final Time time;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final Directory directory = new Directory(this);
    private final Registry registry = new Registry(this);
    private final Router router = new Router();

    private final List<Service> hosts = new CopyOnWriteArrayList<>();

    private volatile @Nullable Service entryway;

    /**
     * Creates an empty box.
     *
     * @param settings how its servers behave
     * @param time their clock
     */
    public Box(Settings settings, Time time) {
        this.settings = settings;
        this.time = time;
    }

    /**
     * Puts an entryway in; before any PDS.
     *
     * @param url where it listens
     * @return the entryway
     */
    public Service addEntryway(URI url) {
        var added = new Service(this, url, true, new Authority(this, Service.didOf(url)));
        entryway = added;
        return added;
    }

    /**
     * Puts a PDS in.
     *
     * @param url where it listens
     * @return the PDS
     */
    public Service addHost(URI url) {
        Service front = entryway;
        Authority authority = front == null ? new Authority(this, Service.didOf(url)) : front.authority;
        var added = new Service(this, url, false, authority);
        hosts.add(added);
        return added;
    }

    /**
     * Returns the PLC directory.
     *
     * @return the directory
     */
    public Directory directory() {
        return directory;
    }

    /**
     * Returns what an operator can do with accounts.
     *
     * @return the registry
     */
    public Registry registry() {
        return registry;
    }

    Settings settings() {
        return settings;
    }

    Time time() {
        return time;
    }

    ReentrantLock lock() {
        return lock;
    }

    Router router() {
        return router;
    }

    List<Service> hosts() {
        return hosts;
    }

    Optional<Service> entryway() {
        return Optional.ofNullable(entryway);
    }

    byte[] randomBytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Returns random characters of the base32 alphabet, in lower case. */
    String randomBase32(int count) {
        var text = new StringBuilder(count);
        for (byte each : randomBytes(count)) {
            text.append(BASE32.charAt(each & 31));
        }
        return text.toString();
    }
}
