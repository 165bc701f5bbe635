// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.bugs;

import dev.atp4j.session.kernel.LoginCount;
import dev.atp4j.session.kernel.LoginLimit;
import dev.atp4j.simulation.ModelStore;
import dev.atp4j.simulation.Tally;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/** How logins are counted. */
public enum Counting {
    /** As they should be. */
    SOUND,
    /** Those that a session makes by itself are sent whatever the count says. */
    NOT_OF_ITS_OWN,
    /** Those that a session makes by itself may be the last ones. */
    TO_THE_LAST,
    /** By each process for itself. */
    ALONE,
    /** Without what the server says of its own count. */
    DEAF;

    Tally in(ModelStore store) {
        return new Miscounting(store, this);
    }

    private static final class Miscounting extends Tally {

        private final Counting how;

        Miscounting(ModelStore store, Counting how) {
            super(store);
            this.how = how;
        }

        @Override
        protected LoginCount.Turn attempt(LoginCount count, List<LoginLimit> budget, boolean automatic, Instant now) {
            return how == NOT_OF_ITS_OWN && automatic
                    ? new LoginCount.Turn(count, Duration.ZERO)
                    : super.attempt(count, budget, how != TO_THE_LAST && automatic, now);
        }

        @Override
        protected LoginCount told(LoginCount count, LoginCount.Told told, Instant now) {
            return how == DEAF ? count : super.told(count, told, now);
        }

        @Override
        protected LoginCount.Turn inStore(
                URI service, BiFunction<LoginCount, Instant, LoginCount.Turn> rule, Instant now) {
            return how == ALONE ? here(service, rule, now) : super.inStore(service, rule, now);
        }
    }
}
