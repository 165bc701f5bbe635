// SPDX-License-Identifier: MIT OR Apache-2.0
/** An HTTP transport on Apache HttpClient 5. */
@NullMarked
package dev.atp4j.http.apache;

import org.jspecify.annotations.NullMarked;
