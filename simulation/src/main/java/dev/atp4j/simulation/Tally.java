// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import dev.atp4j.session.kernel.LoginCount;
import dev.atp4j.session.kernel.LoginLimit;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * How one process counts logins: in the store, for all who share it, and by what it knows while the store fails. Not final, so
 * that a broken one can be tried.
 */
public class Tally {

    private final ModelStore store;
    private final Map<URI, LoginCount> known = new HashMap<>();
    private final Set<URI> missed = new HashSet<>();

    /** Makes one that counts in this store. */
    public Tally(ModelStore store) {
        this.store = store;
    }

    /** Counts a login if it fits in. */
    protected LoginCount.Turn attempt(LoginCount count, List<LoginLimit> budget, boolean automatic, Instant now) {
        return count.attempt(budget, automatic, now);
    }

    /** Returns the count as the server's own makes it. */
    protected LoginCount told(LoginCount count, LoginCount.Told told, Instant now) {
        return count.told(told, now);
    }

    /** Changes the count that the store keeps, with what the store missed of it. */
    protected LoginCount.Turn inStore(URI service, BiFunction<LoginCount, Instant, LoginCount.Turn> rule, Instant now) {
        LoginCount stored = store.count(service);
        LoginCount.Turn turn = rule.apply(missed.contains(service) ? stored.merged(mine(service), now) : stored, now);
        store.count(service, turn.next());
        known.put(service, turn.next());
        missed.remove(service);
        return turn;
    }

    /** Changes what this process knows of the count, since the store fails. */
    protected final LoginCount.Turn here(
            URI service, BiFunction<LoginCount, Instant, LoginCount.Turn> rule, Instant now) {
        LoginCount.Turn turn = rule.apply(mine(service), now);
        known.put(service, turn.next());
        missed.add(service);
        return turn;
    }

    private LoginCount mine(URI service) {
        return known.getOrDefault(service, LoginCount.NONE);
    }

    /** Forgets everything, as a process does that is killed. */
    void forget() {
        known.clear();
        missed.clear();
    }
}
