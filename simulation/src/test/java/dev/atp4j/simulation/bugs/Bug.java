// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.bugs;

import dev.atp4j.session.kernel.Event;
import dev.atp4j.session.kernel.Flow;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Step;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A plausible bug: what the rules do otherwise. It remembers nothing, so that it can be in every process of a history.
 *
 * @param does what is wrong, as an end of the sentence "a client that …"
 * @param flow changes what is begun, knowing what is stored
 * @param step changes what is wanted next
 * @param event changes what became of that
 * @param shelf how the store is
 * @param counting how logins are counted
 */
public record Bug(
        String does,
        BiFunction<@Nullable SessionState, Flow, Flow> flow,
        UnaryOperator<Step> step,
        BiFunction<Step, Event, Event> event,
        Shelf shelf,
        Counting counting) {

    /** None at all. */
    public static final Bug NONE = begins("makes no mistake", (stored, flow) -> flow);

    /** One that begins otherwise. */
    static Bug begins(String does, BiFunction<@Nullable SessionState, Flow, Flow> flow) {
        return new Bug(does, flow, UnaryOperator.identity(), (from, event) -> event, Shelf.SOUND, Counting.SOUND);
    }

    /** One that goes on otherwise. */
    static Bug goesOn(String does, UnaryOperator<Step> step) {
        return new Bug(does, (stored, flow) -> flow, step, (from, event) -> event, Shelf.SOUND, Counting.SOUND);
    }

    /** One that understands otherwise. */
    static Bug understands(String does, BiFunction<Step, Event, Event> event) {
        return new Bug(does, (stored, flow) -> flow, UnaryOperator.identity(), event, Shelf.SOUND, Counting.SOUND);
    }

    /** One that wants another effect, and takes its answer for that of the right one. */
    static Bug cheats(String does, UnaryOperator<Step> step, BiFunction<Step, Event, Event> event) {
        return new Bug(does, (stored, flow) -> flow, step, event, Shelf.SOUND, Counting.SOUND);
    }

    /** One of the store. */
    static Bug stores(String does, Shelf shelf) {
        return new Bug(
                does, (stored, flow) -> flow, UnaryOperator.identity(), (from, event) -> event, shelf, Counting.SOUND);
    }

    /** One that counts its logins otherwise. */
    static Bug counts(String does, Counting counting) {
        return new Bug(
                does, (stored, flow) -> flow, UnaryOperator.identity(), (from, event) -> event, Shelf.SOUND, counting);
    }

    @Override
    public String toString() {
        return does;
    }
}
