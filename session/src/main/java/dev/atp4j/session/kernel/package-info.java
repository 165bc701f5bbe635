// SPDX-License-Identifier: MIT OR Apache-2.0
/** The rules of sessions as pure functions: no clock, no I/O, no threads, no logging. */
@NullMarked
package dev.atp4j.session.kernel;

import org.jspecify.annotations.NullMarked;
