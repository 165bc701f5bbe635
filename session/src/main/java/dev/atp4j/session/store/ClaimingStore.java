// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import java.time.Duration;
import java.util.List;

/**
 * A store that knows which of its sessions are {@linkplain SessionRecord#due() due}, and divides them among the workers that
 * ask, without a leader among them.
 */
public interface ClaimingStore extends SessionStore {

    /**
     * Takes sessions that are due, the longest overdue first. Nobody else is given them until the time is over, or they are
     * written and due again. A claim is no lease: it divides the work, and who does the work takes his turn as always.
     *
     * @param most how many to take at the most, at least 1
     * @param hold how long they are the caller's, a positive time. Sessions of a caller that dies are due again after it
     * @return the newest records. One that cannot be read is left out, and is held back as long as the others
     * @throws StoreException if the store cannot be reached; sessions may have been taken then
     */
    List<SessionRecord> claimDue(int most, Duration hold);
}
