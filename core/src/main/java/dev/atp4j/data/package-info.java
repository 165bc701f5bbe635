// SPDX-License-Identifier: MIT OR Apache-2.0
/** The AT Protocol data model as a tree, and its JSON form. */
@NullMarked
package dev.atp4j.data;

import org.jspecify.annotations.NullMarked;
