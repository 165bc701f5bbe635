// SPDX-License-Identifier: MIT OR Apache-2.0
/** Targets that stand beside what they try, since it is not public. */
@NullMarked
package dev.atp4j.lexicon.source;

import org.jspecify.annotations.NullMarked;
