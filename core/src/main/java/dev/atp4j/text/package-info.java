// SPDX-License-Identifier: MIT OR Apache-2.0
/** How long a text is: in characters as people see them, and in bytes. */
@NullMarked
package dev.atp4j.text;

import org.jspecify.annotations.NullMarked;
