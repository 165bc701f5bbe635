// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.Secret;

/**
 * A refresh token that the server has yet to forget.
 *
 * @param refreshJwt the token
 * @param chase whether a refresh with it may have gone unanswered, so that an unknown successor has to be found out
 *     before it can be deleted too
 */
public record PendingDelete(Secret refreshJwt, boolean chase) {}
