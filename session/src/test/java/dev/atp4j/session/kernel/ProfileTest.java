// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexMap;
import org.junit.jupiter.api.Test;

class ProfileTest {

    @Test
    void tellsNeitherTheAddressNorWhatStandsInTheDocument() {
        Profile profile = Profile.read(LexMap.builder()
                .put("handle", "alice.test")
                .put("email", "alice@example.com")
                .put(
                        "didDoc",
                        LexMap.builder().put("refreshJwt", "e30.e30.c2ln").build())
                .build());

        assertThat(profile).hasToString("Profile[handle=alice.test, active=null, status=null]");
    }
}
