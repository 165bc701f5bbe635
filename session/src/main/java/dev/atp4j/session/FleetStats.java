// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import java.time.Duration;

/**
 * What a {@link Fleet} has done. The numbers count up from its start, and are read one after the other while it works, so
 * that they may be apart by what is being done at the moment.
 *
 * @param running how long the fleet has been at work
 * @param claimed how many times a session was claimed
 * @param refreshed how many sessions got new tokens from their service
 * @param adopted how many turned out to be done by somebody else
 * @param ended how many unfinished logouts were finished
 * @param over how many sessions turned out to be over when they were to be refreshed
 * @param failed how many tries failed for now, because of a service, the network, the store or the record
 * @param postponed how many were left for later because their service is being spared
 * @param working how many sessions are being worked on now
 */
public record FleetStats(
        Duration running,
        long claimed,
        long refreshed,
        long adopted,
        long ended,
        long over,
        long failed,
        long postponed,
        int working) {

    /**
     * Returns what was done between an earlier reading and this one.
     *
     * @param earlier an earlier reading of the same fleet
     * @return the differences; {@link #working} is of this reading
     */
    public FleetStats since(FleetStats earlier) {
        return new FleetStats(
                running.minus(earlier.running),
                claimed - earlier.claimed,
                refreshed - earlier.refreshed,
                adopted - earlier.adopted,
                ended - earlier.ended,
                over - earlier.over,
                failed - earlier.failed,
                postponed - earlier.postponed,
                working);
    }

    /**
     * Returns how many sessions were refreshed per second.
     *
     * @return the mean over {@link #running}, or 0 if that is no time
     */
    public double refreshedPerSecond() {
        return running.isZero() ? 0 : refreshed / (running.toNanos() / 1e9);
    }
}
