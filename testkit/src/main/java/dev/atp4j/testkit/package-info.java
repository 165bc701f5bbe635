// SPDX-License-Identifier: MIT OR Apache-2.0
/** For tests of programs that use atp4j: a fresh PDS for each test, and the contract of session stores. */
@NullMarked
package dev.atp4j.testkit;

import org.jspecify.annotations.NullMarked;
