// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every token that a server hands out is kept, however odd the rest of its answer. */
class GrantTest {

    private static final String WHOLE = """
            {"accessJwt": "a.b.c", "refreshJwt": "d.e.f", "did": "did:plc:ewvi7nxzyoun6zhxrhs64oiz", "handle": "alice.test",
             "email": "a@b.c", "emailConfirmed": true, "emailAuthFactor": false, "active": false,
             "status": "deactivated", "didDoc": {"id": "did:plc:ewvi7nxzyoun6zhxrhs64oiz"}}""";

    private static LexMap whole() {
        return LexJson.parseMap(WHOLE.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void everythingIsRead() {
        Grant grant = Grant.read(whole()).orElseThrow();
        assertThat(grant.did()).isEqualTo(Given.DID);
        assertThat(grant.accessJwt().expose()).isEqualTo("a.b.c");
        assertThat(grant.refreshJwt().expose()).isEqualTo("d.e.f");
        assertThat(grant.profile())
                .isEqualTo(new Profile(
                        "alice.test",
                        "a@b.c",
                        true,
                        false,
                        false,
                        "deactivated",
                        LexMap.builder().put("id", Given.DID.value()).build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"accessJwt", "did"})
    void withoutAccessTokenOrDidItIsNone(String field) {
        assertThat(Grant.read(whole().without(field))).isEmpty();
        assertThat(Grant.read(whole().with(field, new LexInteger(1)))).isEmpty();
        for (String odd : new String[] {"", " ", "a b", "a\nb", "\u00e4"}) {
            assertThat(Grant.read(whole().with(field, new LexString(odd)))).isEmpty();
        }
    }

    @Test
    void aRefreshTokenThatIsNoneIsMissing() {
        for (String odd : new String[] {"", " ", "a\r\nb"}) {
            assertThat(Grant.read(whole().with("refreshJwt", new LexString(odd)))
                            .orElseThrow()
                            .refreshJwt())
                    .isNull();
        }
    }

    @Test
    void whateverStandsBesideTheTokensTheyAreKept() {
        long seed = 4711;
        var random = new Random(seed);
        String[] fields = {"handle", "email", "emailConfirmed", "emailAuthFactor", "active", "status", "didDoc", "more"
        };
        String[] values = {"1", "null", "true", "\"\"", "\"x\"", "[]", "[1]", "{}", "{\"a\":[{}]}"};
        for (int i = 0; i < 5_000; i++) {
            LexMap odd = whole();
            for (String field : fields) {
                if (random.nextBoolean()) {
                    LexMap value = LexJson.parseMap(("{\"v\":" + values[random.nextInt(values.length)] + "}")
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    odd = random.nextBoolean() ? odd.without(field) : odd.with(field, value.get("v"));
                }
            }
            Grant grant = Grant.read(odd).orElseThrow();
            assertThat(grant.refreshJwt()).as("seed %s, %s", seed, i).isNotNull();
        }
    }

    @Test
    void whatIsNewlyKnownGoesOverWhatWasKnown() {
        Profile old = Profile.read(whole());
        Profile nothing = Profile.read(LexMap.empty());
        assertThat(old.updatedBy(nothing)).isEqualTo(old);
        assertThat(nothing.updatedBy(old)).isEqualTo(old);
        Profile active = Profile.read(LexMap.builder().put("active", true).build());
        assertThat(old.updatedBy(active).status())
                .as("an active account has none")
                .isNull();
        assertThat(old.updatedBy(active).active()).isTrue();
        Profile renamed =
                Profile.read(LexMap.builder().put("handle", "new.test").build());
        assertThat(old.updatedBy(renamed).handle()).isEqualTo("new.test");
        assertThat(old.updatedBy(renamed).email()).isEqualTo("a@b.c");
    }

    @Test
    void aProfileIsReadAsItWasWritten() {
        for (Profile profile : new Profile[] {Profile.read(whole()), Profile.read(LexMap.empty())}) {
            var json = LexMap.builder();
            profile.write(json);
            assertThat(Profile.read(json.build())).isEqualTo(profile);
        }
    }

    @Test
    void aGrantShowsNoToken() {
        assertThat(Grant.read(whole()).orElseThrow().toString())
                .doesNotContain("a.b.c")
                .doesNotContain("d.e.f");
    }
}
