// SPDX-License-Identifier: MIT OR Apache-2.0
/** One HTTP request and its answer: the interface a transport implements, and the default transport. */
@NullMarked
package dev.atp4j.http;

import org.jspecify.annotations.NullMarked;
