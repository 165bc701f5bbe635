// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

/**
 * A value of the AT Protocol data model. Immutable.
 *
 * <p>The set of kinds is closed by the specification, so a {@code switch} over it may be exhaustive. There are no
 * floats.
 */
public sealed interface LexValue
        permits LexNull, LexBoolean, LexInteger, LexString, LexBytes, LexLink, LexList, LexMap {}
