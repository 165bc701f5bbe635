// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What clients say of themselves, and where. A client that does not say it breaks no word, whatever it does.
 *
 * <p>Of our own words every one counts: what docs/sessions.md does not say is no promise of ours either.
 */
enum Promise {
    RENEWS(
            "tokens that have run out are renewed, and the call is made again",
            by(Client.OURS, "sessions.md, laws 1 and 3"),
            by(Client.LEX, "README, “Using with Client”"),
            by(Client.LEX_OLD, "README, “Using with Client”"),
            by(Client.ATCUTE, "README, first paragraph"),
            by(Client.API, "README, “Session management”")),
    ONE_REFRESH(
            "calls that need new tokens at the same time share one refresh",
            by(Client.OURS, "sessions.md, law 2"),
            by(Client.API, "comment at `refreshSession`")),
    KEEPS(
            "trouble of the network or the server does not end a session",
            by(Client.OURS, "sessions.md, laws 1 and 3"),
            by(Client.LEX, "`onUpdateFailure`, `refresh`, `resume`"),
            by(Client.LEX_OLD, "`onUpdateFailure`, `resume`"),
            by(Client.ATCUTE, "README, “callbacks”"),
            by(Client.API, "event `network-error`")),
    NOT_MISTAKEN(
            "an answer that says nothing about the token does not end a session",
            by(Client.OURS, "sessions.md, “What ends a session”"),
            by(Client.LEX, "`resume`"),
            by(Client.LEX_OLD, "`resume`"),
            by(Client.ATCUTE, "`resume`")),
    DOUBTS("a refusal is doubted after a refresh that was not answered", by(Client.OURS, "sessions.md, law 1")),
    ODD_ANSWERS("an answer with odd fields is no reason to lose its tokens", by(Client.OURS, "sessions.md, law 3")),
    NO_STORMS("what did not help is not asked for again and again", by(Client.OURS, "sessions.md, law 5")),
    IN_TIME("a call does not wait for ever", by(Client.OURS, "sessions.md, “Bodies and time”")),
    STREAMS(
            "a stream, which can be sent only once, does not meet a token that has run out",
            by(Client.OURS, "sessions.md, “Bodies and time”")),
    ROUTES(
            "calls go to the PDS that the account's DID document names",
            by(Client.OURS, "sessions.md, law 7"),
            by(Client.LEX, "README, “Using with Client”"),
            by(Client.LEX_OLD, "README, “Using with Client”"),
            by(Client.ATCUTE, "field `pdsUri`"),
            by(Client.API, "comment at `_updateApiEndpoint`")),
    RESUMES(
            "what was saved is resumed by the next process",
            by(Client.OURS, "sessions.md, “The life of a session”"),
            by(Client.LEX, "README, “Resume Session”"),
            by(Client.LEX_OLD, "README, “Resume Session”"),
            by(Client.ATCUTE, "README, “resuming sessions”"),
            by(Client.API, "`resumeSession`, `persistSession`")),
    SURVIVES_DEATH("a process may die at any moment", by(Client.OURS, "sessions.md, law 3")),
    SURVIVES_DISK("a place to save that fails does not stop the session", by(Client.OURS, "README; stores.md")),
    CLOCKS("a wrong clock does no harm", by(Client.OURS, "sessions.md, “The laws”")),
    OPAQUE("tokens are not looked into", by(Client.OURS, "sessions.md, “The laws”")),
    SHARES("several processes share a session", by(Client.OURS, "sessions.md, laws 1, 2 and 4")),
    LOGS_OUT(
            "a logout ends the session at the server",
            by(Client.OURS, "sessions.md, law 6"),
            by(Client.LEX, "`logout`"),
            by(Client.LEX_OLD, "README, “Logout”"),
            by(Client.ATCUTE, "`logout`"),
            by(Client.API, "`logout`")),
    SAYS_SO(
            "a logout that did not work says so",
            by(Client.OURS, "sessions.md, “Errors of a call”, “Listeners”"),
            by(Client.LEX, "`logout`, `onDeleteFailure`"),
            by(Client.LEX_OLD, "`onDeleteFailure`"),
            by(Client.ATCUTE, "`logout`, `onDeleteFailure`")),
    LOGS_OUT_WHOLLY("after a logout no older token brings the session back", by(Client.OURS, "sessions.md, law 6")),
    FINISHES(
            "a logout that did not work is finished later, also by another process",
            by(Client.OURS, "sessions.md, “Logouts that are not confirmed”")),
    CALLBACKS("callbacks may fail, take long, or use the session", by(Client.OURS, "sessions.md, law 8")),
    TELLS(
            "the program hears that its session is over",
            by(Client.OURS, "sessions.md, “Listeners”"),
            by(Client.LEX, "`onDeleted`"),
            by(Client.LEX_OLD, "`onDeleted`"),
            by(Client.ATCUTE, "`onDelete`"),
            by(Client.API, "event `expired`")),
    ACCOUNTS(
            "an account that is gone or taken down is told from an expired session",
            by(Client.OURS, "sessions.md, “What ends a session”")),
    SECOND_FACTOR(
            "a wanted sign-in code is told from a wrong password",
            by(Client.OURS, "sessions.md, “The life of a session”"),
            by(Client.LEX, "README, “Two-Factor Authentication”"),
            by(Client.LEX_OLD, "`create`"),
            by(Client.ATCUTE, "option `code`"),
            by(Client.API, "option `authFactorToken`")),
    NAMES("identifiers are taken as people write them", by(Client.OURS, "`Login.as`")),
    LOGIN_URL(
            "an address with identifier and password will do",
            by(Client.OURS, "`Login.url`"),
            by(Client.LEX, "`login`"),
            by(Client.ATCUTE, "README, “URL shorthand”")),
    ENCODED("identifier and password in an address are percent-encoded", by(Client.OURS, "`Login.url`")),
    SAVED_OR_LOGIN(
            "a login takes a saved session first",
            by(Client.OURS, "`Sessions.open`"),
            by(Client.ATCUTE, "README, “cached session with credential fallback”")),
    LOGIN_BUDGET("too many logins are held back", by(Client.OURS, "sessions.md, “The login budget”")),
    LOGS_IN_AGAIN(
            "with a password at hand the session logs in by itself",
            by(Client.OURS, "sessions.md, “Sessions that log in again”")),
    HOME_ONLY("passwords and tokens go to the account's own servers only", by(Client.OURS, "sessions.md, law 7")),
    NOT_SHOWN("a session that is printed shows no token", by(Client.OURS, "sessions.md, law 7"));

    private final String sentence;
    private final Map<Client, String> places = new EnumMap<>(Client.class);

    Promise(String sentence, Word... words) {
        this.sentence = sentence;
        for (Word word : words) {
            places.put(word.client(), word.place());
        }
    }

    private record Word(Client client, String place) {}

    private static Word by(Client client, String place) {
        return new Word(client, place);
    }

    String sentence() {
        return sentence;
    }

    /** Tells where a client says it, if it does. */
    Optional<String> place(Client client) {
        return Optional.ofNullable(places.get(client));
    }
}
