// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JndiTxtLookupTest {

    private static final String NAME = "_atproto.alice.test";

    private final DnsServer dns = new DnsServer();
    private final TxtLookup lookup = new JndiTxtLookup(dns.address().toString(), Duration.ofMillis(50));

    @AfterEach
    void close() {
        dns.close();
    }

    @Test
    void returnsEveryRecordOfAName() {
        dns.records(NAME, List.of(List.of("did=did:web:alice.test"), List.of("v=something")));

        assertThat(lookup.texts(NAME)).containsExactlyInAnyOrder("did=did:web:alice.test", "v=something");
    }

    @Test
    void joinsTheCharacterStringsOfARecord() {
        dns.records(NAME, List.of(List.of("did=did:", "web:alice", ".test")));

        assertThat(lookup.texts(NAME)).containsExactly("did=did:web:alice.test");
    }

    @Test
    void keepsSpacesQuotesAndBackslashesInsideACharacterString() {
        dns.records(NAME, List.of(List.of("a b", "\"c\" \\ d")));

        assertThat(lookup.texts(NAME)).containsExactly("a b\"c\" \\ d");
    }

    @Test
    void returnsNothingForAnUnknownName() {
        dns.refuse(NAME, DnsServer.NOT_FOUND);

        assertThat(lookup.texts(NAME)).isEmpty();
    }

    @Test
    void returnsNothingForANameWithoutSuchRecords() {
        dns.records(NAME, List.of());

        assertThat(lookup.texts(NAME)).isEmpty();
    }

    @Test
    void aFailingServerIsPassingTrouble() {
        dns.refuse(NAME, DnsServer.SERVER_FAILURE);

        var e = catchThrowableOfType(IdentityException.class, () -> lookup.texts(NAME));

        assertThat(e.kind()).isEqualTo(IdentityException.Kind.UNAVAILABLE);
    }

    @Test
    void aSilentServerIsPassingTrouble() {
        dns.ignore(NAME);

        var e = catchThrowableOfType(IdentityException.class, () -> lookup.texts(NAME));

        assertThat(e.kind()).isEqualTo(IdentityException.Kind.UNAVAILABLE);
    }

    @Test
    void takesAServerOfItsOwn() {
        dns.records(NAME, List.of(List.of("did=did:web:alice.test")));

        assertThat(TxtLookup.at(dns.address()).texts(NAME)).containsExactly("did=did:web:alice.test");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TxtLookup.at(URI.create("https://dns.test")))
                .withMessageContaining("dns://host[:port]");
    }
}
