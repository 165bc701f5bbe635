// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.Secret;
import java.time.Duration;

/**
 * How the servers in the box behave.
 *
 * @param accessLifetime how long an access token is good
 * @param refreshLifetime how long an unused refresh token is good
 * @param refreshGrace how long a used refresh token stays good, from its first use
 * @param didDocInSession whether session answers carry the DID document
 * @param rateLimits whether calls are counted and limited
 * @param expiredTokenAs401 whether expired tokens are answered by 401 instead of 400
 * @param blobLimit the largest upload in bytes
 * @param jwtSecret the key that tokens are signed with
 */
public record Settings(
        Duration accessLifetime,
        Duration refreshLifetime,
        Duration refreshGrace,
        boolean didDocInSession,
        boolean rateLimits,
        boolean expiredTokenAs401,
        int blobLimit,
        Secret jwtSecret) {}
