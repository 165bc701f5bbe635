// SPDX-License-Identifier: MIT OR Apache-2.0
/** Where lexicons come from, and how they get into a project. */
@NullMarked
package dev.atp4j.lexicon.source;

import org.jspecify.annotations.NullMarked;
