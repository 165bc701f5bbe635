// SPDX-License-Identifier: MIT OR Apache-2.0
/** Bluesky: rich text, preferences, video. */
@NullMarked
package dev.atp4j.bluesky;

import org.jspecify.annotations.NullMarked;
