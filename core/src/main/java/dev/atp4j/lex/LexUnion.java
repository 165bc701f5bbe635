// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

/**
 * A variant of a union. Each generated union is a sealed interface that extends this one, with a record for each known
 * variant and {@code Unknown} for all others.
 */
public interface LexUnion {

    /**
     * Returns the variant itself.
     *
     * @return a {@link LexObject}, or a {@link LexAny} for an unknown variant
     */
    Object value();
}
