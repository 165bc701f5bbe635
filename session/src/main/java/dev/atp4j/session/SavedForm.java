// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.Secret;
import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.kernel.Jwt;
import dev.atp4j.session.kernel.Origins;
import dev.atp4j.session.kernel.Profile;
import dev.atp4j.session.kernel.Tokens;
import dev.atp4j.syntax.Did;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which programs save sessions: the names that each has for the same few things. A form is known by fields that
 * no other has. What is wrong with a document is told by form and field, never by value: any field may hold a token by
 * mistake.
 */
enum SavedForm {
    ANSWER(
            "createSession's answer (lex, atcute, @atproto/api, atp4j)",
            List.of("accessJwt", "refreshJwt"),
            new Names("did", "accessJwt", "refreshJwt", "service", List.of("pds", "pdsUri"))),
    LEX_AGENT(
            "PasswordAgent's session (lex 0.0.4)",
            List.of("data"),
            new Names("did", "accessJwt", "refreshJwt", "service", List.of("pdsUrl"))),
    // The password that goat keeps beside it has no name here, and so is passed over.
    GOAT(
            "goat's auth-session.json",
            List.of("session_token"),
            new Names("did", "access_token", "session_token", null, List.of("pds"))),
    INDIGO(
            "indigo's PasswordSessionData",
            List.of("account_did", "refresh_token"),
            new Names("account_did", "access_token", "refresh_token", null, List.of("host"))),
    MARSHALX(
            "MarshalX's session string",
            List.of("access_jwt", "refresh_jwt"),
            new Names("did", "access_jwt", "refresh_jwt", null, List.of("pds_endpoint")));

    /** What MarshalX's string holds, in this order; the last one was added later. */
    private static final List<String> STRING = List.of("handle", "did", "access_jwt", "refresh_jwt", "pds_endpoint");

    private static final String SEPARATOR = ":::";

    /**
     * What a form calls things.
     *
     * @param service where the session was opened; null if the form does not tell this from the account's server
     * @param pds the account's server
     */
    private record Names(
            String did,
            String access,
            String refresh,
            @Nullable String service,
            List<String> pds) {}

    private final String title;
    private final List<String> marks;
    private final Names names;

    SavedForm(String title, List<String> marks, Names names) {
        this.title = title;
        this.marks = marks;
        this.names = names;
    }

    /**
     * Reads a text: a JSON document, or a session string.
     *
     * @param service where the session was opened, if the text may not say so
     * @throws IllegalArgumentException if that does not work
     */
    static SessionData read(String text, @Nullable URI service) {
        String saved = (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
        if (saved.startsWith("{")) {
            return read(json(saved), service);
        }
        if (saved.contains(SEPARATOR)) {
            return MARSHALX.data(fields(saved), service);
        }
        throw new IllegalArgumentException(
                "a saved session is a JSON object, or a text with the separator " + SEPARATOR);
    }

    /**
     * Reads a document.
     *
     * @param service where the session was opened, if the document may not say so
     * @throws IllegalArgumentException if that does not work
     */
    static SessionData read(LexMap json, @Nullable URI service) {
        List<SavedForm> forms =
                Stream.of(values()).filter(form -> form.marks(json)).toList();
        if (forms.isEmpty()) {
            throw new IllegalArgumentException("no form of a saved session is known that has none of the fields "
                    + String.join(
                            ", ",
                            Stream.of(values())
                                    .flatMap(form -> form.marks.stream())
                                    .toList()));
        }
        if (forms.size() > 1) {
            throw new IllegalArgumentException("a saved session is of one form, and this has fields of several: "
                    + String.join("; ", forms.stream().map(form -> form.title).toList()));
        }
        return forms.get(0).data(json, service);
    }

    private static LexMap json(String text) {
        try {
            return LexJson.parseMapLenient(text.getBytes(StandardCharsets.UTF_8));
        } catch (DataException e) {
            // The reader's own message may quote the document.
            throw new IllegalArgumentException("a saved session begins like a JSON object, but is no complete one");
        }
    }

    private static LexMap fields(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        if (parts.length < STRING.size() - 1 || parts.length > STRING.size()) {
            throw MARSHALX.wrong("has " + parts.length + " parts instead of 4 or 5");
        }
        var fields = LexMap.builder();
        for (int i = 0; i < parts.length; i++) {
            fields.put(STRING.get(i), parts[i].isEmpty() ? null : parts[i]);
        }
        return fields.build();
    }

    private boolean marks(LexMap json) {
        return this == LEX_AGENT
                ? json.getMap("data").isPresent()
                : marks.stream().anyMatch(mark -> json.get(mark) != null);
    }

    private SessionData data(LexMap json, @Nullable URI given) {
        LexMap body = this == LEX_AGENT ? json.getMap("data").orElseThrow() : json;
        Did did = Did.tryParse(required(body, names.did()))
                .orElseThrow(() -> wrong("has a \"" + names.did() + "\" that is no DID"));
        Secret access = token(body, names.access(), did);
        Secret refresh = token(body, names.refresh(), did);
        Optional<String> address = names.pds().stream()
                .flatMap(name -> json.getString(name).stream())
                .findFirst();
        URI service = service(json, address.orElse(null), given);
        Profile profile = profile(body);
        URI pds = address.map(text -> pds(text, service)).orElseGet(() -> Pds.of(profile, did, service));
        return new SessionData(service, did, access, refresh, pds, profile);
    }

    private URI service(LexMap json, @Nullable String pds, @Nullable URI given) {
        URI chosen = given == null ? null : Origins.service(given);
        Optional<String> own = names.service() == null ? Optional.empty() : json.getString(names.service());
        if (own.isPresent()) {
            URI named = origin(names.service(), own.get());
            if (chosen != null && !chosen.equals(named)) {
                throw wrong("was opened at another service than the one given; leave that out");
            }
            return named;
        }
        if (chosen != null) {
            return chosen;
        }
        if (names.service() == null && pds != null) {
            return origin(names.pds().get(0), pds);
        }
        throw wrong("does not say where it was opened: \""
                + (names.service() == null ? names.pds().get(0) : names.service())
                + "\" is missing, so the service has to be given beside it");
    }

    private URI origin(@Nullable String field, String address) {
        try {
            return Origins.service(URI.create(address));
        } catch (IllegalArgumentException e) {
            throw wrong("has a \"" + field + "\" that is no address that tokens may go to");
        }
    }

    private URI pds(String address, URI service) {
        try {
            return Origins.pds(address.endsWith("/") ? address.substring(0, address.length() - 1) : address, service);
        } catch (IllegalArgumentException e) {
            throw wrong("names a server of the account (" + String.join(", ", names.pds())
                    + ") that is no address that tokens may go to");
        }
    }

    private Secret token(LexMap body, String field, Did did) {
        Secret token = Secret.of(required(body, field));
        try {
            Tokens.checked(token);
        } catch (IllegalArgumentException e) {
            throw wrong("has a \"" + field + "\" that is no token");
        }
        String subject = Jwt.read(token).subject();
        if (subject != null && !subject.equals(did.value())) {
            throw wrong("has a \"" + field + "\" of another account than its \"" + names.did() + "\"");
        }
        return token;
    }

    /** Reads what else is known; atcute has a name of its own for the status. */
    private static Profile profile(LexMap body) {
        Profile read = Profile.read(body);
        return read.status() != null
                ? read
                : body.getString("inactiveStatus")
                        .map(status -> read.updatedBy(new Profile(null, null, null, null, read.active(), status, null)))
                        .orElse(read);
    }

    private String required(LexMap body, String field) {
        return body.getString(field).orElseThrow(() -> wrong("has no \"" + field + "\""));
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("a saved session in the form of " + title + " " + what);
    }
}
