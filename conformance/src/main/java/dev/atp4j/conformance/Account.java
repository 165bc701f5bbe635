// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.data.LexMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An account made for one scenario.
 *
 * @param did its DID
 * @param handle its handle
 * @param email its address
 * @param password its password
 * @param born the session that came with its creation
 */
public record Account(String did, String handle, String email, String password, Tokens born) {

    private static final AtomicLong COUNT = new AtomicLong(System.nanoTime() % 1_000_000);

    static Account create(Wire wire) {
        String name = "user" + COUNT.incrementAndGet();
        String handle = name + ".test";
        String email = name + "@mail.test";
        String password = "password of " + name;
        Tokens born = wire.post(
                        "com.atproto.server.createAccount",
                        LexMap.builder()
                                .put("handle", handle)
                                .put("email", email)
                                .put("password", password)
                                .build())
                .tokens();
        return new Account(born.did(), handle, email, password, born);
    }
}
