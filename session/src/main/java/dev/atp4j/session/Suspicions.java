// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.kernel.Answer;
import dev.atp4j.syntax.Nsid;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which errors of which calls a new token did not cure, so that they never again cost a refresh while the token
 * is young. Thread-safe.
 */
final class Suspicions {

    /** More kinds of errors than a sane caller meets; past this, memory is worth more than a saved refresh. */
    private static final int MOST = 256;

    private record Suspect(String error, Nsid nsid) {}

    /** Null until there is something to remember, which is never for most sessions. */
    private volatile @Nullable Set<Suspect> notCured;

    boolean curable(Answer.Response response, Nsid nsid) {
        Set<Suspect> known = notCured;
        return known == null || !known.contains(new Suspect(response.error(), nsid));
    }

    void notCured(Answer.Response response, Nsid nsid) {
        Set<Suspect> known = notCured;
        if (known == null || known.size() >= MOST) {
            // Of two threads that come here together one may forget what the other learned; it is learned again.
            known = ConcurrentHashMap.newKeySet();
            notCured = known;
        }
        known.add(new Suspect(response.error(), nsid));
    }
}
