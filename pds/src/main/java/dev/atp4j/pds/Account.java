// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;

/**
 * An account of the embedded PDS, as it was when this was asked for. Immutable.
 *
 * @param did its permanent name
 * @param handle its handle
 * @param email its e-mail address
 */
public record Account(Did did, Handle handle, String email) {}
