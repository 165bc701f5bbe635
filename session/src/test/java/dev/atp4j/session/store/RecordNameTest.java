// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.syntax.Did;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordNameTest {

    @ParameterizedTest
    @CsvSource({
        "did:plc:ewvi7nxzyoun6zhxrhs64oiz, default, did_plc_ewvi7nxzyoun6zhxrhs64oiz.default",
        "did:web:alice.example, bot-2, did_web_alice.example.bot-2",
        "did:web:localhost%3A2583, default, did_web_localhost=253=412583.default",
        "did:web:a_b, default, did_web_a=5fb.default",
        "did:web:.., default, did_web_...default",
    })
    void aNameTellsDidAndSlot(String did, String slot, String name) {
        var key = new SessionKey(Did.parse(did), slot);
        assertThat(RecordName.of(key)).isEqualTo(name);
        assertThat(RecordName.parse(name)).contains(key);
    }

    @Test
    void namesOfDifferentKeysDifferEvenWhereCaseIsIgnored() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        Map<String, SessionKey> seen = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            var key = new SessionKey(Did.parse("did:web:" + text(random, "aAbB0._:%-") + "x"), text(random, "a0-"));
            String name = RecordName.of(key);
            assertThat(name).as("seed " + seed).matches("did_[a-z0-9._=-]+");
            assertThat(RecordName.parse(name)).as("seed " + seed).contains(key);
            SessionKey twin = seen.put(name.toLowerCase(Locale.ROOT), key);
            assertThat(twin == null || twin.equals(key))
                    .as("seed %d: %s and %s", seed, twin, key)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "notes",
                "did_plc_x",
                "did_plc_X.default",
                "did_plc_x.Default",
                "did_plc_=61.default",
                "did_plc_=+1.default",
                "did_plc_x=.default",
                "did_plc_=5F.default",
                "../did_plc_x.default"
            })
    void namesThatAreNotOursAreNobodys(String name) {
        assertThat(RecordName.parse(name)).isEmpty();
    }

    @Test
    void aDidTooLongForAFileNameIsRefused() {
        var longest = SessionKey.of(Did.parse("did:web:" + "a".repeat(RecordName.LONGEST - 16)));
        assertThat(RecordName.of(longest)).hasSize(RecordName.LONGEST);
        var tooLong = SessionKey.of(Did.parse(longest.did() + "a"));
        assertThatThrownBy(() -> RecordName.of(tooLong))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNSAFE));
    }

    private static String text(Random random, String alphabet) {
        return random.ints(1 + random.nextInt(3), 0, alphabet.length())
                .collect(StringBuilder::new, (b, i) -> b.append(alphabet.charAt(i)), StringBuilder::append)
                .toString();
    }
}
