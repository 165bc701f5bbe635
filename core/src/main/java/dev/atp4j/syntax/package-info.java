// SPDX-License-Identifier: MIT OR Apache-2.0
/** The identifiers of the AT Protocol, each with the exact syntax of its specification. */
@NullMarked
package dev.atp4j.syntax;

import org.jspecify.annotations.NullMarked;
