// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import java.util.Set;

/** The scopes that tokens carry, and the groups of them that methods accept. */
final class Scope {

    static final String ACCESS = "com.atproto.access";
    static final String REFRESH = "com.atproto.refresh";
    static final String APP_PASSWORD = "com.atproto.appPass";
    static final String APP_PASSWORD_PRIVILEGED = "com.atproto.appPassPrivileged";
    static final String SIGNUP_QUEUED = "com.atproto.signupQueued";
    static final String TAKENDOWN = "com.atproto.takendown";

    static final Set<String> FULL = Set.of(ACCESS);
    static final Set<String> PRIVILEGED = Set.of(ACCESS, APP_PASSWORD_PRIVILEGED);
    static final Set<String> STANDARD = Set.of(ACCESS, APP_PASSWORD_PRIVILEGED, APP_PASSWORD);

    private Scope() {}
}
