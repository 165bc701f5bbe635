// SPDX-License-Identifier: MIT OR Apache-2.0
/** Password sessions: log in once, and keep working. */
@NullMarked
package dev.atp4j.session;

import org.jspecify.annotations.NullMarked;
