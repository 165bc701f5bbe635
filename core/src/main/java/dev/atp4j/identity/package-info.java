// SPDX-License-Identifier: MIT OR Apache-2.0
/**
 * From a handle or DID to the server of an account, with every step verified.
 *
 * <p>{@link dev.atp4j.identity.NetworkIdentityResolver} does the work; {@link dev.atp4j.identity.DidDocument} reads what
 * it finds, and decides which addresses in it tokens may be sent to.
 */
@NullMarked
package dev.atp4j.identity;

import org.jspecify.annotations.NullMarked;
