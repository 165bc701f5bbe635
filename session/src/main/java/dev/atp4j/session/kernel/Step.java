// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import java.util.List;

/**
 * One step of a flow.
 *
 * @param flow the flow as it goes on; it takes the answer to the effect
 * @param held what this process holds from now on
 * @param effect what to do next
 * @param notices what to tell those who watch
 */
public record Step(Flow flow, Held held, Effect effect, List<Notice> notices) {

    /** Copies the notices. */
    public Step {
        notices = List.copyOf(notices);
    }
}
