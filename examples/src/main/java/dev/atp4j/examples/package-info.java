// SPDX-License-Identifier: MIT OR Apache-2.0
/** Small programs that show how the library is used. Each reads its login from the environment. */
@NullMarked
package dev.atp4j.examples;

import org.jspecify.annotations.NullMarked;
