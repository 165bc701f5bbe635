// SPDX-License-Identifier: MIT OR Apache-2.0

/**
 * What generated types are made of: objects that keep what they do not know, descriptors of types and methods, and the
 * codecs that read and write them.
 */
@NullMarked
package dev.atp4j.lex;

import org.jspecify.annotations.NullMarked;
