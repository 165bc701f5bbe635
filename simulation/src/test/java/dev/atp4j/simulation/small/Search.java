// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.small;

import dev.atp4j.simulation.bugs.Bug;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes everywhere that the moves lead to, each place once, however many ways there are to it; the ways are counted
 * nevertheless.
 */
final class Search {

    private final Bug bug;
    private final Pool pool = new Pool();

    /** How many histories begin at a moment; null while they are being counted. */
    private final Map<Pool.Place, @Nullable BigInteger> histories = new HashMap<>();

    private long steps;
    private long quiet;

    /**
     * What was found.
     *
     * @param moments how many different moments there are
     * @param steps how many steps lead from one to another
     * @param quiet how many moments there are in which nothing happens by itself any more
     * @param histories how many different histories lead from the first moment to one of those
     */
    record Found(long moments, long steps, long quiet, BigInteger histories) {}

    /** A moment, what can happen in it, and how far that has been looked at. */
    private static final class Visit {
        final Pool.Place place;
        final List<Moves.Move> moves;
        String way = "";
        int next;
        BigInteger histories;

        Visit(Pool.Place place, List<Moves.Move> moves, boolean quiet) {
            this.place = place;
            this.moves = moves;
            this.histories = quiet ? BigInteger.ONE : BigInteger.ZERO;
        }
    }

    private Search(Bug bug) {
        this.bug = bug;
    }

    /** Looks at everything that can come of a moment, if all processes have a bug, or {@link Bug#NONE}. */
    static Found everythingAfter(Moment first, Bug bug) {
        var search = new Search(bug);
        BigInteger histories = search.run(first);
        return new Found(search.histories.size(), search.steps, search.quiet, histories);
    }

    private BigInteger run(Moment first) {
        Deque<Visit> way = new ArrayDeque<>();
        Visit begin = visit(first, way);
        way.push(begin);
        while (!way.isEmpty()) {
            Visit visit = way.peek();
            if (visit.next == visit.moves.size()) {
                way.pop();
                histories.put(visit.place, visit.histories);
                if (!way.isEmpty()) {
                    Visit before = way.peek();
                    before.histories = before.histories.add(visit.histories);
                }
                continue;
            }
            Moves.Move move = visit.moves.get(visit.next++);
            visit.way = move.what();
            steps++;
            Pool.Place place = pool.place(move.to());
            if (histories.containsKey(place)) {
                BigInteger known = histories.get(place);
                if (known == null) {
                    throw broken(way, new BrokenLaw("it goes round and round"));
                }
                visit.histories = visit.histories.add(known);
            } else {
                way.push(visit(move.to(), way));
            }
        }
        return begin.histories;
    }

    private Visit visit(Moment moment, Deque<Visit> way) {
        Pool.Place place = pool.place(moment);
        histories.put(place, null);
        try {
            List<Moves.Move> next = Moves.from(moment, bug);
            boolean over = next.stream().allMatch(Moves.Move::fault);
            if (over) {
                quiet++;
                Laws.quiet(moment);
            }
            return new Visit(place, next, over);
        } catch (BrokenLaw e) {
            throw broken(way, e);
        }
    }

    private static AssertionError broken(Deque<Visit> way, BrokenLaw law) {
        List<String> story = new ArrayList<>();
        way.descendingIterator().forEachRemaining(visit -> story.add(visit.way));
        return new AssertionError(law.getMessage() + "\n" + String.join("\n", story));
    }
}
