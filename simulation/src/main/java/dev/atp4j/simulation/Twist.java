// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import dev.atp4j.session.kernel.Effect;
import dev.atp4j.session.kernel.Event;
import dev.atp4j.session.kernel.Flow;
import dev.atp4j.session.kernel.Step;

/** Changes what the rules do, on the way between them and the world: for those who want to see the laws broken. */
public interface Twist {

    /** Changes nothing. */
    Twist NONE = new Twist() {};

    /** Returns the flow to be run in place of this one. */
    default Flow flow(Member member, Flow flow) {
        return flow;
    }

    /** Returns the step to be taken in place of this one, before anything of it was done. */
    default Step step(Member member, Step step) {
        return step;
    }

    /** Returns what the flow is told in place of what became of its effect. */
    default Event event(Member member, Effect effect, Event event) {
        return event;
    }

    /** Returns how a process counts its logins. */
    default Tally tally(ModelStore store) {
        return new Tally(store);
    }

    /** Returns a new store. */
    default ModelStore store() {
        return new ModelStore();
    }
}
