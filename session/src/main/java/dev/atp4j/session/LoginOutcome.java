// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.Secret;
import dev.atp4j.syntax.Did;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a login ended, as far as that is to be expected. Trouble with network or server is an exception instead. */
public sealed interface LoginOutcome {

    /**
     * Returns the session, or says why there is none.
     *
     * @return the session
     * @throws LoginException if the login did not work
     */
    default PasswordSession orThrow() {
        if (this instanceof LoggedIn in) {
            return in.session();
        }
        throw new LoginException(explanation(), this);
    }

    /**
     * Returns what happened and what to do next, in a sentence for people.
     *
     * @return the sentence
     */
    String explanation();

    /**
     * It worked.
     *
     * @param session the session
     */
    record LoggedIn(PasswordSession session) implements LoginOutcome {
        @Override
        public String explanation() {
            return "logged in as " + session.key().did();
        }
    }

    /**
     * The service wants a sign-in code. It has sent one by e-mail, unless its message says otherwise (some services want
     * the code of an authenticator app), and each login without a code may send another one. App passwords need no code.
     */
    final class AuthFactorRequired implements LoginOutcome {

        private final String message;
        private final boolean codeRefused;
        private final Function<Secret, LoginOutcome> goOn;

        AuthFactorRequired(String message, boolean codeRefused, Function<Secret, LoginOutcome> goOn) {
            this.message = message;
            this.codeRefused = codeRefused;
            this.goOn = goOn;
        }

        /**
         * Returns what the service says.
         *
         * @return its message, perhaps empty
         */
        public String message() {
            return message;
        }

        /**
         * Tells a first demand from the refusal of a code.
         *
         * @return true if a code was given and is wrong
         */
        public boolean codeRefused() {
            return codeRefused;
        }

        /**
         * Goes on with the login, once.
         *
         * @param code the sign-in code; white space around it is dropped
         * @return how that ended
         */
        public LoginOutcome withCode(Secret code) {
            return goOn.apply(code);
        }

        @Override
        public String explanation() {
            String said = message.isEmpty() ? "" : " (" + message + ")";
            return codeRefused
                    ? "the sign-in code was not accepted" + said
                    : "the service wants a sign-in code" + said + "; give it, or use an app password, which needs none";
        }

        /** Returns the explanation. */
        @Override
        public String toString() {
            return "AuthFactorRequired[" + explanation() + "]";
        }
    }

    /**
     * The service does not accept identifier and password. It does not say which is wrong.
     *
     * @param message what the service says
     */
    record BadCredentials(String message) implements LoginOutcome {
        @Override
        public String explanation() {
            return "the service does not accept this identifier and password"
                    + (message.isEmpty() ? "" : ": " + message);
        }
    }

    /**
     * The account was taken down. {@link Login.Builder#allowTakendown()} asks for the little that is still allowed.
     *
     * @param message what the service says
     */
    record TakenDown(String message) implements LoginOutcome {
        @Override
        public String explanation() {
            return "the account was taken down" + (message.isEmpty() ? "" : ": " + message);
        }
    }

    /**
     * Too many logins, successful ones included. Keep sessions in a store rather than logging in anew.
     *
     * @param retryAfter when the next login may work, from now, or null if the service did not say
     * @param heldBack true if the login was not sent, because the {@link LoginBudget} is used up; false if the service
     *     refused it
     */
    record RateLimited(@Nullable Duration retryAfter, boolean heldBack) implements LoginOutcome {
        @Override
        public String explanation() {
            String what = heldBack
                    ? "too many logins of this account lately; this one was held back, before the service locks the account"
                            + " out for longer"
                    : "the service says that there were too many logins";
            return what + (retryAfter == null ? "" : "; the next one will work in " + plain(retryAfter));
        }

        private static String plain(Duration time) {
            long seconds = time.plusSeconds(1).minusNanos(1).toSeconds();
            if (seconds < 60) {
                return seconds + " s";
            }
            long minutes = (seconds + 59) / 60;
            return minutes < 120 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
        }
    }

    /**
     * The service logged somebody else in than was asked for. Nothing of its answer was kept.
     *
     * @param expected the account that was asked for
     * @param actual the account whose tokens came
     */
    record WrongAccount(Did expected, Did actual) implements LoginOutcome {
        @Override
        public String explanation() {
            return "the service answered with a session of " + actual + " instead of " + expected;
        }
    }
}
