// SPDX-License-Identifier: MIT OR Apache-2.0
/** The AT Protocol data model as a tree, its JSON form, and its binary form DAG-CBOR. */
@NullMarked
package dev.atp4j.data;

import org.jspecify.annotations.NullMarked;
