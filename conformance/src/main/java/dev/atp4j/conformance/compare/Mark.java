// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import org.jspecify.annotations.Nullable;

/** How an observation stands to what was promised. */
enum Mark {
    KEPT("✓", "it holds, and the client says so"),
    BEYOND("(✓)", "it holds, though the client does not say so"),
    BROKEN("✗", "it does not hold, though the client says so"),
    NOT_PROMISED("○", "it does not hold, and the client does not say so"),
    NOTHING_OF_THE_KIND("·", "the client has nothing of the kind");

    private final String sign;
    private final String meaning;

    Mark(String sign, String meaning) {
        this.sign = sign;
        this.meaning = meaning;
    }

    String sign() {
        return sign;
    }

    String meaning() {
        return meaning;
    }

    static Mark of(Scene scene, Client client, @Nullable Finding finding) {
        boolean promised = scene.promise().place(client).isPresent();
        if (finding == null) {
            return NOTHING_OF_THE_KIND;
        }
        if (finding.holds()) {
            return promised ? KEPT : BEYOND;
        }
        return promised ? BROKEN : NOT_PROMISED;
    }
}
