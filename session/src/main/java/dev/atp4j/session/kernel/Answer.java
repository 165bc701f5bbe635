// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.data.LexMap;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came back from a call, as far as the rules look at it. */
public sealed interface Answer {

    /**
     * The server answered.
     *
     * @param status the HTTP status
     * @param error the error's name, or an empty string
     * @param message the error's message, or an empty string
     * @param json the body of a success, if it is a JSON object
     * @param html whether the body is a page for people, as proxies and portals send
     * @param retryAfter how long the server asks to wait, or null
     */
    record Response(
            int status,
            String error,
            String message,
            @Nullable LexMap json,
            boolean html,
            @Nullable Duration retryAfter)
            implements Answer {

        /** Tells whether status and name are these. */
        boolean is(int status, String error) {
            return this.status == status && this.error.equals(error);
        }

        /** Tells only what may be told: a 2xx body holds tokens. */
        @Override
        public String toString() {
            return "Response[" + status + (error.isEmpty() ? "" : " " + error) + "]";
        }
    }

    /**
     * No answer came, or it broke off.
     *
     * @param mayHaveArrived whether the server may have acted on the request
     * @param why what happened, for people
     */
    record None(boolean mayHaveArrived, String why) implements Answer {}
}
