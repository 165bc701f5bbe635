// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.Secret;
import dev.atp4j.data.LexList;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server knows of an account. Mutable; guarded by the lock of the box. */
final class AccountRow {

    final String did;
    final Instant createdAt;

    /** The PDS that holds the data. */
    Service home;

    final Repo repo;
    String handle;
    String email;
    boolean emailConfirmed;
    Secret password;
    boolean takenDown;
    boolean deactivated;

    /** App passwords by name, in the order of their creation. */
    final Map<String, AppPassword> appPasswords = new LinkedHashMap<>();

    /** E-mail codes by purpose; a new code replaces the old one of its purpose. */
    final Map<String, EmailCode> emailCodes = new HashMap<>();

    /** The code that was mailed last, whatever for; kept after its use. */
    @Nullable
    String latestEmailCode;

    boolean authFactorRequired;

    /** What apps keep here, in their order. */
    LexList preferences = LexList.of();

    AccountRow(String did, String handle, String email, Secret password, Service home, Repo repo, Instant createdAt) {
        this.did = did;
        this.handle = handle;
        this.email = email;
        this.password = password;
        this.home = home;
        this.repo = repo;
        this.createdAt = createdAt;
    }

    /**
     * A password for one app.
     *
     * @param name what the user called it
     * @param password the password
     * @param privileged whether it may do what only some apps should, such as reading messages
     * @param createdAt when it was made
     */
    record AppPassword(String name, Secret password, boolean privileged, Instant createdAt) {}

    /**
     * A code that was sent by e-mail.
     *
     * @param code the code
     * @param sentAt when
     */
    record EmailCode(String code, Instant sentAt) {}

    /** Returns the account as another PDS takes it over: without app passwords and codes. */
    AccountRow movedTo(Service target) {
        var moved = new AccountRow(did, handle, email, password, target, repo, createdAt);
        moved.emailConfirmed = emailConfirmed;
        return moved;
    }

    boolean active() {
        return !takenDown && !deactivated;
    }

    /** Returns why the account is not active, or null if it is. */
    @Nullable
    String status() {
        if (takenDown) {
            return "takendown";
        }
        return deactivated ? "deactivated" : null;
    }
}
