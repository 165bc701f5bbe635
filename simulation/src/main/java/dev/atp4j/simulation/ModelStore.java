// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import dev.atp4j.session.kernel.LoginCount;
import dev.atp4j.session.kernel.SessionState;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store with one record, and one lease on it. Not final, so that a broken one can be tried. */
public class ModelStore {

    private @Nullable SessionState record;
    private final List<SessionState> written = new ArrayList<>();
    private final Map<URI, LoginCount> counts = new HashMap<>();

    /** Whether nobody reaches it. */
    public boolean down;

    /** How often it was rolled back. */
    public int rollBacks;

    /** Who has the lease, or null. */
    public @Nullable Lease lease;

    /** A turn at the record. */
    public static final class Lease {
        /** Whose it is. */
        public final Member holder;
        /** Whether it was lost while it was held. */
        public boolean lost;

        Lease(Member holder) {
            this.holder = holder;
        }
    }

    /** Returns the record, or null if there is none. */
    public @Nullable SessionState read() {
        return record;
    }

    /** Puts a record in place of the version before it, unless another one is there. */
    public boolean compareAndSet(SessionState next) {
        if (next.version() != (record == null ? 0 : record.version()) + 1) {
            return false;
        }
        put(next);
        return true;
    }

    /** Tells whether it ever held this very state. */
    boolean held(SessionState state) {
        for (int i = written.size() - 1; i >= 0; i--) {
            SessionState then = written.get(i);
            if (then.version() == state.version() && then.equals(state)) {
                return true;
            }
        }
        return false;
    }

    /** Writes a record whatever is there. */
    protected final void put(SessionState next) {
        record = next;
        written.add(next);
    }

    /** Returns how many logins it knows of at a service. */
    LoginCount count(URI service) {
        return counts.getOrDefault(service, LoginCount.NONE);
    }

    /** Takes down how many logins there were at a service. */
    void count(URI service, LoginCount count) {
        counts.put(service, count);
    }

    /** Gives the lease to somebody, if nobody has it. */
    public @Nullable Lease lease(Member member) {
        if (lease != null) {
            return null;
        }
        lease = new Lease(member);
        return lease;
    }

    /** Takes the lease from its holder, who will find out. */
    public void takeLease() {
        if (lease != null) {
            lease.lost = true;
            lease = null;
        }
    }

    /** Gives a lease back. */
    public void giveBack(Lease given) {
        if (lease == given) {
            lease = null;
        }
    }

    /** Returns what it holds to what it held some writes ago, as a backup does from before any login was counted. */
    public void rollBack(int writes) {
        rollBacks++;
        record = written.get(Math.max(0, written.size() - 1 - writes));
        counts.clear();
    }

    /** Returns how often it was written. */
    public int writes() {
        return written.size();
    }
}
