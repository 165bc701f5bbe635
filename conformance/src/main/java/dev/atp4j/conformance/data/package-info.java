// SPDX-License-Identifier: MIT OR Apache-2.0
/** The data model beside the npm packages of the reference implementation, and on its public test vectors. */
@NullMarked
package dev.atp4j.conformance.data;

import org.jspecify.annotations.NullMarked;
