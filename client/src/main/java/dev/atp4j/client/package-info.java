// SPDX-License-Identifier: MIT OR Apache-2.0
/** A typed client for any AT Protocol service. */
@NullMarked
package dev.atp4j.client;

import org.jspecify.annotations.NullMarked;
