// SPDX-License-Identifier: MIT OR Apache-2.0
/** What must hold of everything that reads what strangers wrote, and the runs that try to break it. */
@NullMarked
package dev.atp4j.fuzz;

import org.jspecify.annotations.NullMarked;
