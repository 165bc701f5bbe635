// SPDX-License-Identifier: MIT OR Apache-2.0
/** The names of Ozone's methods and records, as the protocol spells them. */
@NullMarked
package dev.atp4j.ozone;

import org.jspecify.annotations.NullMarked;
