// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.Secret;
import dev.atp4j.session.kernel.Origins;
import dev.atp4j.session.store.SessionKey;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who logs in, with which password, where. Immutable; {@link #toString()} shows no password and no code.
 */
public final class Login {

    private final String identifier;
    private final Secret password;
    private final @Nullable URI service;
    private final @Nullable Secret authFactorToken;
    private final boolean allowTakendown;
    private final String slot;

    private Login(Builder builder) {
        this.identifier = builder.identifier;
        this.password = builder.password;
        this.service = builder.service;
        this.authFactorToken = builder.authFactorToken;
        this.allowTakendown = builder.allowTakendown;
        this.slot = builder.slot;
    }

    /**
     * Starts a login.
     *
     * @param identifier a handle, DID or e-mail address. A leading {@code @} of a handle, white space and invisible
     *     characters that come with copying are dropped, and handles and addresses are put into lower case
     * @param password the account's password or, better, an app password
     * @return a builder
     * @throws IllegalArgumentException if the identifier has no form that a service could know
     */
    public static Builder as(String identifier, Secret password) {
        return new Builder(identifier, password);
    }

    /**
     * Reads a login from one address, {@code https://identifier:password@service}. Percent-encoded characters are
     * decoded, so a {@code @} in an e-mail address is written {@code %40}. Such an address is a secret: take it from the
     * environment or a file, not from a command line.
     *
     * @param url the address
     * @return the login
     * @throws IllegalArgumentException if identifier or password is missing, or there is a path, query or fragment; the
     *     message does not show the address
     */
    public static Login url(Secret url) {
        URI uri;
        try {
            uri = new URI(url.expose().strip());
        } catch (URISyntaxException e) {
            // The parser's own message quotes its input, password and all.
            throw refused(
                    "it is no URL; characters such as @, #, % and / in identifier or password are percent-encoded");
        }
        String user = uri.getRawUserInfo();
        if (user == null || uri.getHost() == null) {
            throw refused("identifier and password are missing before the host, or the host is no host name");
        }
        int colon = user.indexOf(':');
        if (colon < 1 || colon == user.length() - 1) {
            throw refused("identifier or password is missing");
        }
        boolean path = uri.getRawPath() != null
                && !uri.getRawPath().isEmpty()
                && !uri.getRawPath().equals("/");
        if (path || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused("there is a path, query or fragment behind the host");
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String identifier = decode(user.substring(0, colon));
        if (!isIdentifier(visible(identifier))) {
            // It is not shown: somebody may have put the password there.
            throw refused("what stands before the colon is no handle, DID or e-mail address");
        }
        return as(identifier, Secret.of(decode(user.substring(colon + 1))))
                .service(URI.create(uri.getScheme() + "://" + uri.getHost() + port))
                .build();
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("not a login URL (https://identifier:password@service): " + why);
    }

    private static String decode(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            // The URI parser has made sure that two hexadecimal digits follow.
            boolean escape = raw[i] == '%';
            bytes.write(escape ? Character.digit(raw[++i], 16) << 4 | Character.digit(raw[++i], 16) : raw[i]);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused("a percent-encoded character is not UTF-8");
        }
    }

    /**
     * Returns who logs in, normalised.
     *
     * @return a handle, DID or e-mail address
     */
    public String identifier() {
        return identifier;
    }

    /**
     * Returns the password.
     *
     * @return the password
     */
    public Secret password() {
        return password;
    }

    /**
     * Returns where to log in.
     *
     * @return the service's origin, or empty if it is to be found out from the identifier
     */
    public Optional<URI> service() {
        return Optional.ofNullable(service);
    }

    /**
     * Returns the sign-in code.
     *
     * @return the code, or empty
     */
    public Optional<Secret> authFactorToken() {
        return Optional.ofNullable(authFactorToken);
    }

    /**
     * Tells whether a session of the little that a taken down account may still do is wanted.
     *
     * @return true if it is
     */
    public boolean allowTakendown() {
        return allowTakendown;
    }

    /**
     * Returns the slot in which the session is kept.
     *
     * @return the slot
     */
    public String slot() {
        return slot;
    }

    static String normalise(String identifier) {
        String plain = visible(identifier);
        if (!isIdentifier(plain)) {
            throw new IllegalArgumentException("\"" + shown(identifier)
                    + "\" is no handle, DID or e-mail address; a handle is a whole domain name such as"
                    + " alice.bsky.social");
        }
        return plain.startsWith("did:") ? plain : plain.toLowerCase(Locale.ROOT);
    }

    private static String visible(String identifier) {
        var visible = new StringBuilder();
        identifier
                .codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT
                        && Character.getType(c) != Character.CONTROL
                        && !Character.isWhitespace(c)
                        && !Character.isSpaceChar(c))
                .forEach(visible::appendCodePoint);
        return visible.indexOf("@") == 0 ? visible.substring(1) : visible.toString();
    }

    private static boolean isIdentifier(String plain) {
        return plain.startsWith("did:") || plain.contains(".") || plain.contains("@");
    }

    private static String shown(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    Login withCode(Secret code) {
        var builder = new Builder(identifier, password);
        builder.service = service;
        builder.allowTakendown = allowTakendown;
        builder.slot = slot;
        return builder.authFactorToken(code).build();
    }

    /** Returns identifier and service. */
    @Override
    public String toString() {
        return "Login[" + identifier + (service == null ? "" : " at " + service) + "]";
    }

    /** Builds a {@link Login}. Confined to one thread. */
    public static final class Builder {

        private final String identifier;
        private final Secret password;
        private @Nullable URI service;
        private @Nullable Secret authFactorToken;
        private boolean allowTakendown;
        private String slot = SessionKey.DEFAULT_SLOT;

        private Builder(String identifier, Secret password) {
            this.identifier = normalise(identifier);
            this.password = password;
            if (password.expose().isEmpty()) {
                throw new IllegalArgumentException("the password is empty");
            }
        }

        /**
         * Sets where to log in. Without it, the account's own server is looked up by its handle or DID.
         *
         * @param service the service's origin, such as {@code https://bsky.social}
         * @return this builder
         * @throws IllegalArgumentException if it is no {@code https} origin; {@code http} is accepted on loopback only
         */
        public Builder service(URI service) {
            this.service = Origins.service(service);
            return this;
        }

        /**
         * Sets the sign-in code that a service asked for.
         *
         * @param code the code; white space around it is dropped
         * @return this builder
         */
        public Builder authFactorToken(Secret code) {
            this.authFactorToken = Secret.of(code.expose().strip());
            return this;
        }

        /**
         * Asks for a session even if the account was taken down: good for an appeal, an export, a move, and never
         * refreshed.
         *
         * @return this builder
         */
        public Builder allowTakendown() {
            this.allowTakendown = true;
            return this;
        }

        /**
         * Sets the slot in which the session is kept, for those who keep several sessions of one account.
         *
         * @param slot one to 32 of {@code a-z 0-9 -}
         * @return this builder
         */
        public Builder slot(String slot) {
            this.slot = slot;
            return this;
        }

        /**
         * Returns the login.
         *
         * @return the login
         */
        public Login build() {
            return new Login(this);
        }
    }
}
