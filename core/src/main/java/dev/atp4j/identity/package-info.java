// SPDX-License-Identifier: MIT OR Apache-2.0
/** From a handle or DID to the server of an account, with every step verified. */
@NullMarked
package dev.atp4j.identity;

import org.jspecify.annotations.NullMarked;
