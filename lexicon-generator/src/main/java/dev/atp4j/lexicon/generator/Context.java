// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import dev.atp4j.lexicon.DefRef;
import java.util.Set;

/**
 * What the writers of classes share.
 *
 * @param corpus the documents
 * @param plan the names
 * @param shapes what properties hold
 * @param built the objects that get a builder
 * @param all whether all objects do
 */
record Context(Corpus corpus, Plan plan, Shapes shapes, Set<DefRef> built, boolean all) {

    boolean builds(DefRef ref) {
        return all || built.contains(ref);
    }
}
