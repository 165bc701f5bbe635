// SPDX-License-Identifier: MIT OR Apache-2.0
/** Checks of lexicons: what a new version breaks, and what is legal but unwise. */
@NullMarked
package dev.atp4j.lexicon.check;

import org.jspecify.annotations.NullMarked;
