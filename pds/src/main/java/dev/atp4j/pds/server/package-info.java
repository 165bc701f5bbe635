// SPDX-License-Identifier: MIT OR Apache-2.0
/** What the PDS does: accounts, tokens, sessions, repositories, and the XRPC methods on top of them. Not exported. */
@NullMarked
package dev.atp4j.pds.server;

import org.jspecify.annotations.NullMarked;
