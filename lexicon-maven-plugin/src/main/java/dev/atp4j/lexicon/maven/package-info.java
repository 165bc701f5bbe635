// SPDX-License-Identifier: MIT OR Apache-2.0
/** Writes Java for a project's lexicons while Maven builds it. */
@NullMarked
package dev.atp4j.lexicon.maven;

import org.jspecify.annotations.NullMarked;
