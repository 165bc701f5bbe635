// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.data.LexMap;
import dev.atp4j.http.HttpTransport;
import java.net.URI;
import java.time.Duration;

/** A server to try, the PLC directory beside it, the clock that they live by, and what their operator can do. */
interface World extends AutoCloseable {

    /** Returns where the server is. */
    URI service();

    /** Returns where the PLC directory is. */
    URI plc();

    /** Returns the way to both. */
    HttpTransport transport();

    /** Lets time pass on the server. */
    void advance(Duration by);

    /** Takes an account down. */
    void takeDown(Account account);

    /** Ends the takedown of an account. */
    void lift(Account account);

    /** Deletes an account, as an operator does. */
    void delete(Account account);

    /** Returns the code that was last mailed to an account. */
    String mailedCode(Account account);

    /** Returns how many refresh tokens of an account the server has on record. */
    int tokensOnRecord(Account account);

    /** Signs a token with the server's own key. */
    String sign(String type, LexMap claims);

    @Override
    void close();

    /** Returns a caller that sends single requests as they are. */
    default Wire wire() {
        return new Wire(transport(), service());
    }

    /** Creates an account that nobody else knows of. */
    default Account createAccount() {
        return Account.create(wire());
    }
}
