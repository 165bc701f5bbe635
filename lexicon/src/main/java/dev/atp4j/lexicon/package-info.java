// SPDX-License-Identifier: MIT OR Apache-2.0
/** The language of lexicons: documents as a model, and what is done with them. */
@NullMarked
package dev.atp4j.lexicon;

import org.jspecify.annotations.NullMarked;
