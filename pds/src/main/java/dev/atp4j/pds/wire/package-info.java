// SPDX-License-Identifier: MIT OR Apache-2.0
/** A small HTTP/1.1 server that can also misbehave on purpose. Not exported. */
@NullMarked
package dev.atp4j.pds.wire;

import org.jspecify.annotations.NullMarked;
