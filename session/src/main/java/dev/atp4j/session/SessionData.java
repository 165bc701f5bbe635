// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.kernel.Origins;
import dev.atp4j.session.kernel.Profile;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Tokens;
import dev.atp4j.syntax.Did;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a session: what is needed to resume it elsewhere. It grows old with the next refresh, so sessions that are to
 * last belong into a {@link dev.atp4j.session.store.SessionStore}. Immutable; {@link #toString()} shows no token.
 */
public final class SessionData {

    private final URI service;
    private final Did did;
    private final Secret accessJwt;
    private final Secret refreshJwt;
    private final @Nullable URI pds;
    private final Profile profile;

    SessionData(URI service, Did did, Secret accessJwt, Secret refreshJwt, @Nullable URI pds, Profile profile) {
        this.service = service;
        this.did = did;
        this.accessJwt = Tokens.checked(accessJwt);
        this.refreshJwt = Tokens.checked(refreshJwt);
        this.pds = pds;
        this.profile = profile;
    }

    /**
     * Makes a copy from its parts.
     *
     * @param service where the session was opened
     * @param did whose session it is
     * @param accessJwt its access token
     * @param refreshJwt its refresh token
     * @return the copy
     * @throws IllegalArgumentException if the service is no {@code https} origin ({@code http} is accepted on loopback
     *     only), or a token cannot be one
     */
    public static SessionData of(URI service, Did did, Secret accessJwt, Secret refreshJwt) {
        return new SessionData(
                Origins.service(service), did, accessJwt, refreshJwt, null, Profile.read(LexMap.empty()));
    }

    static SessionData of(SessionState state) {
        Tokens tokens = state.current();
        return new SessionData(
                state.service(),
                state.key().did(),
                tokens.accessJwt(),
                tokens.refreshJwt(),
                state.pds(),
                state.profile());
    }

    /**
     * Reads a copy: one that {@link #toJson()} wrote, or a session that another program saved, in the form of
     * {@code @atproto/lex-password-session} (also the old one), {@code @atcute/password-session}, goat or indigo. Optional
     * fields that make no sense are passed over, and so is a password.
     *
     * @param json the document
     * @return the copy
     * @throws IllegalArgumentException if the document has no such form, says not where the session was opened, or if the
     *     service, the account's server, the DID or a token is missing or malformed; the message names form and field and
     *     shows no value
     */
    public static SessionData parse(LexMap json) {
        return SavedForm.read(json, null);
    }

    /**
     * Reads a copy as {@link #parse(LexMap)} does, from the text of a JSON document, or from a session string of MarshalX's
     * {@code atproto}.
     *
     * @param saved the text
     * @return the copy
     * @throws IllegalArgumentException as {@link #parse(LexMap)}
     */
    public static SessionData parse(String saved) {
        return SavedForm.read(saved, null);
    }

    /**
     * Reads a copy as {@link #parse(String)} does, from a form that does not say where the session was opened, such as that
     * of {@code @atproto/api}. Forms that name only the account's server (goat, indigo, MarshalX) are taken to mean it, and
     * can be corrected here.
     *
     * @param saved the text
     * @param service where the session was opened
     * @return the copy
     * @throws IllegalArgumentException as {@link #parse(LexMap)}, or if the text names another service, or the service is no
     *     {@code https} origin ({@code http} is accepted on loopback only)
     */
    public static SessionData parse(String saved, URI service) {
        return SavedForm.read(saved, Objects.requireNonNull(service, "service"));
    }

    /**
     * Writes this copy: the fields of createSession's answer, with {@code service} and {@code pds} beside them. The
     * document holds tokens; keep it like a password.
     *
     * @return the document
     */
    public LexMap toJson() {
        var json = LexMap.builder()
                .put("service", service.toString())
                .put("pds", pds == null ? null : pds.toString())
                .put("did", did.value())
                .put("accessJwt", accessJwt.expose())
                .put("refreshJwt", refreshJwt.expose());
        profile.write(json);
        return json.build();
    }

    /**
     * Writes this copy in the form of {@code @atproto/lex-password-session}, which resumes it; {@code @atproto/api} and
     * {@code @atcute/password-session} do as well. The document holds tokens; keep it like a password.
     *
     * @return the document
     */
    public LexMap toLexJson() {
        var json = LexMap.builder().put("service", service.toString()).put("did", did.value());
        profile.write(json);
        // Their types demand a handle and a state; what is not known has a name of its own.
        return json.put("handle", handle().orElse("handle.invalid"))
                .put("active", active())
                .put("accessJwt", accessJwt.expose())
                .put("refreshJwt", refreshJwt.expose())
                .build();
    }

    Profile profile() {
        return profile;
    }

    /**
     * Returns where the session was opened, and where it is refreshed and deleted.
     *
     * @return the service's origin
     */
    public URI service() {
        return service;
    }

    /**
     * Returns whose session it is.
     *
     * @return the account's DID
     */
    public Did did() {
        return did;
    }

    /**
     * Returns the access token.
     *
     * @return the access token
     */
    public Secret accessJwt() {
        return accessJwt;
    }

    /**
     * Returns the refresh token.
     *
     * @return the refresh token
     */
    public Secret refreshJwt() {
        return refreshJwt;
    }

    /**
     * Returns the account's server.
     *
     * @return its origin, or empty if it is not known
     */
    public Optional<URI> pds() {
        return Optional.ofNullable(pds);
    }

    /**
     * Returns the account's handle as the service gave it.
     *
     * @return the handle, which may be {@code handle.invalid}, or empty if it is not known
     */
    public Optional<String> handle() {
        return Optional.ofNullable(profile.handle());
    }

    /**
     * Returns the account's e-mail address.
     *
     * @return the address, or empty if it is not known
     */
    public Optional<String> email() {
        return Optional.ofNullable(profile.email());
    }

    /**
     * Returns whether the e-mail address was confirmed.
     *
     * @return the answer, or empty if it is not known
     */
    public Optional<Boolean> emailConfirmed() {
        return Optional.ofNullable(profile.emailConfirmed());
    }

    /**
     * Returns whether logins need a code sent by e-mail.
     *
     * @return the answer, or empty if it is not known
     */
    public Optional<Boolean> emailAuthFactor() {
        return Optional.ofNullable(profile.emailAuthFactor());
    }

    /**
     * Returns whether the account is active.
     *
     * @return false only if the service said so
     */
    public boolean active() {
        return !Boolean.FALSE.equals(profile.active());
    }

    /**
     * Returns why the account is not active, such as {@code deactivated} or {@code takendown}.
     *
     * @return the status, or empty if the service gave none
     */
    public Optional<String> accountStatus() {
        return Optional.ofNullable(profile.status());
    }

    /**
     * Returns the account's DID document as the service gave it.
     *
     * @return the document, or empty if it gave none
     */
    public Optional<LexMap> didDoc() {
        return Optional.ofNullable(profile.didDoc());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionData that
                && service.equals(that.service)
                && did.equals(that.did)
                && accessJwt.equals(that.accessJwt)
                && refreshJwt.equals(that.refreshJwt)
                && Objects.equals(pds, that.pds)
                && profile.equals(that.profile);
    }

    @Override
    public int hashCode() {
        return Objects.hash(service, did, refreshJwt);
    }

    /** Returns account and service. */
    @Override
    public String toString() {
        return "SessionData[" + did + " at " + service + "]";
    }
}
