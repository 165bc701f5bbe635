// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.kernel.Answer;
import dev.atp4j.syntax.Nsid;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which errors of which calls a new token did not cure, so that they never again cost a refresh while the token
 * is young. Thread-safe.
 */
final class Suspicions {

    /** More kinds of errors than a sane caller meets; past this, memory is worth more than a saved refresh. */
    private static final int MOST = 256;

    private record Suspect(String error, Nsid nsid) {}

    private final Set<Suspect> notCured = ConcurrentHashMap.newKeySet();

    boolean curable(Answer.Response response, Nsid nsid) {
        return notCured.isEmpty() || !notCured.contains(new Suspect(response.error(), nsid));
    }

    void notCured(Answer.Response response, Nsid nsid) {
        if (notCured.size() >= MOST) {
            notCured.clear();
        }
        notCured.add(new Suspect(response.error(), nsid));
    }
}
