// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.data.LexMap;
import org.jspecify.annotations.Nullable;

/**
 * What a server tells about an account beside its tokens. Any of it may be unknown.
 *
 * @param handle the handle as sent; may be {@code handle.invalid}
 * @param email the e-mail address
 * @param emailConfirmed whether the address was confirmed
 * @param emailAuthFactor whether logins need a code sent by e-mail
 * @param active whether the account is active; unknown means it is
 * @param status why it is not, such as {@code deactivated}
 * @param didDoc the account's DID document
 */
public record Profile(
        @Nullable String handle,
        @Nullable String email,
        @Nullable Boolean emailConfirmed,
        @Nullable Boolean emailAuthFactor,
        @Nullable Boolean active,
        @Nullable String status,
        @Nullable LexMap didDoc) {

    /** Reads the fields that have the right type, and passes over the others. */
    public static Profile read(LexMap json) {
        return new Profile(
                json.getString("handle").orElse(null),
                json.getString("email").orElse(null),
                json.getBoolean("emailConfirmed").orElse(null),
                json.getBoolean("emailAuthFactor").orElse(null),
                json.getBoolean("active").orElse(null),
                json.getString("status").orElse(null),
                json.getMap("didDoc").orElse(null));
    }

    /** Returns this profile with everything that the newer one knows put over it. */
    public Profile updatedBy(Profile newer) {
        boolean statusKnown = newer.active != null || newer.status != null;
        return new Profile(
                newer.handle != null ? newer.handle : handle,
                newer.email != null ? newer.email : email,
                newer.emailConfirmed != null ? newer.emailConfirmed : emailConfirmed,
                newer.emailAuthFactor != null ? newer.emailAuthFactor : emailAuthFactor,
                // The two belong together: an active account has no status, and must not keep an old one.
                statusKnown ? newer.active : active,
                statusKnown ? newer.status : status,
                newer.didDoc != null ? newer.didDoc : didDoc);
    }

    /** Writes the known fields into a document, under the names of the lexicon. */
    public void write(LexMap.Builder json) {
        json.put("handle", handle).put("email", email).put("status", status);
        if (emailConfirmed != null) {
            json.put("emailConfirmed", emailConfirmed.booleanValue());
        }
        if (emailAuthFactor != null) {
            json.put("emailAuthFactor", emailAuthFactor.booleanValue());
        }
        if (active != null) {
            json.put("active", active.booleanValue());
        }
        if (didDoc != null) {
            json.put("didDoc", didDoc);
        }
    }

    /** Returns what is no private matter: without the e-mail address, and without the document, in which anything may stand. */
    @Override
    public String toString() {
        return "Profile[handle=" + handle + ", active=" + active + ", status=" + status + "]";
    }
}
