// SPDX-License-Identifier: MIT OR Apache-2.0
/** XRPC: queries and procedures named by an NSID, their answers and their errors. */
@NullMarked
package dev.atp4j.xrpc;

import org.jspecify.annotations.NullMarked;
