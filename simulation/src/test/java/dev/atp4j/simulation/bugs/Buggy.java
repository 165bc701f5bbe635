// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.bugs;

import dev.atp4j.session.kernel.Effect;
import dev.atp4j.session.kernel.Event;
import dev.atp4j.session.kernel.Flow;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Step;
import dev.atp4j.simulation.Member;
import dev.atp4j.simulation.ModelStore;
import dev.atp4j.simulation.Tally;
import dev.atp4j.simulation.Twist;
import org.jspecify.annotations.Nullable;

/** Puts a bug into every process of one history. */
final class Buggy implements Twist {

    private final Bug bug;
    private final ModelStore store;

    Buggy(Bug bug) {
        this.bug = bug;
        this.store = new Store(bug.shelf());
    }

    @Override
    public Flow flow(Member member, Flow flow) {
        return bug.flow().apply(store.read(), flow);
    }

    @Override
    public Step step(Member member, Step step) {
        return bug.step().apply(step);
    }

    @Override
    public Event event(Member member, Effect effect, Event event) {
        return bug.event().apply(member.step, event);
    }

    @Override
    public ModelStore store() {
        return store;
    }

    @Override
    public Tally tally(ModelStore of) {
        return bug.counting().in(of);
    }

    /** A store that is as it is. */
    private static final class Store extends ModelStore {

        private final Shelf shelf;

        Store(Shelf shelf) {
            this.shelf = shelf;
        }

        @Override
        public boolean compareAndSet(SessionState next) {
            if (!shelf.takes(read(), next)) {
                return false;
            }
            put(next);
            return true;
        }

        @Override
        public @Nullable Lease lease(Member member) {
            if (shelf == Shelf.NO_TURNS) {
                lease = null;
            }
            return super.lease(member);
        }

        @Override
        public void takeLease() {
            if (shelf == Shelf.TELLS_NO_LOSS) {
                lease = null;
            } else {
                super.takeLease();
            }
        }

        @Override
        public void giveBack(Lease given) {
            Step step = given.holder.step;
            boolean killed = step != null && !(step.effect() instanceof Effect.Done);
            if (shelf != Shelf.KEEPS_LEASES || !killed) {
                super.giveBack(given);
            }
        }
    }
}
