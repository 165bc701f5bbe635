// SPDX-License-Identifier: MIT OR Apache-2.0
/** Writes Java for lexicons. */
@NullMarked
package dev.atp4j.lexicon.generator;

import org.jspecify.annotations.NullMarked;
