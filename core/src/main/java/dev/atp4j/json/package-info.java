// SPDX-License-Identifier: MIT OR Apache-2.0

/**
 * The text of JSON, read and written as bytes: what stands where, and no more. Trees and typed objects are both made of it.
 * The package is not exported.
 */
@NullMarked
package dev.atp4j.json;

import org.jspecify.annotations.NullMarked;
