// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.Secret;
import java.net.URI;

/**
 * A refresh token that the server has yet to forget.
 *
 * @param service where it was issued, and the only place that it goes to; the session may have been opened elsewhere since
 * @param refreshJwt the token
 * @param chase whether a refresh with it may have gone unanswered, so that an unknown successor has to be found out
 *     before it can be deleted too
 */
public record PendingDelete(URI service, Secret refreshJwt, boolean chase) {}
