// SPDX-License-Identifier: MIT OR Apache-2.0
/** Where sessions are kept between processes and restarts. */
@NullMarked
package dev.atp4j.session.store;

import org.jspecify.annotations.NullMarked;
