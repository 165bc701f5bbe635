// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Did;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionRecordTest {

    private static final SessionKey KEY = SessionKey.of(Did.parse("did:plc:alice"));
    private static final LexMap CONTENT =
            LexMap.builder().put("refreshJwt", "very-secret").put("n", 1L).build();

    @Test
    void theEnvelopeIsSetByTheRecordAndNotByItsContent() {
        var record = SessionRecord.of(KEY, 3, CONTENT.with("version", LexJson.parse("99")));
        assertThat(LexJson.toString(record.content())).isEqualTo("""
                        {"format":1,"did":"did:plc:alice","slot":"default","version":3,"refreshJwt":"very-secret","n":1}""");
    }

    @Test
    void aRecordIsReadAsItWasWritten() {
        var record = SessionRecord.of(KEY, 3, CONTENT);
        var read = SessionRecord.parse(KEY, record.toJson());
        assertThat(read.key()).isEqualTo(KEY);
        assertThat(read.version()).isEqualTo(3);
        assertThat(read.content()).isEqualTo(record.content());
    }

    @Test
    void whatAServerSaidOddlyCostsNoStoredSession() {
        var odd = LexJson.parseMapLenient("""
                {"refreshJwt": "very-secret", "didDoc": {"a": 1.5, "b": {"$link": "junk"}, "c": {"$type": 7}, "d": "\\ud800"}}
                """.getBytes(StandardCharsets.UTF_8));
        var record = SessionRecord.of(KEY, 3, odd);

        assertThat(SessionRecord.parse(KEY, record.toJson()).content()).isEqualTo(record.content());
    }

    @Test
    void everyCutOfADocumentIsUnreadableAndTellsNoSecret() {
        byte[] json = SessionRecord.of(KEY, 3, CONTENT).toJson();
        for (int length = 0; length < json.length; length++) {
            byte[] cut = Arrays.copyOf(json, length);
            assertUnreadable(cut, "no complete JSON document (" + length + " bytes)");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | no complete JSON document",
                "{\"a\":*very-secret*} | no complete JSON document",
                "{\"format\":2,\"token\":\"very-secret\"} | its form is 2, and this release reads form 1",
                "{\"format\":\"very-secret\"} | its form is 0",
                "{\"format\":1,\"did\":\"did:plc:bob\",\"slot\":\"default\",\"version\":1} | belongs to did:plc:bob#default",
                "{\"format\":1,\"did\":\"did:plc:alice\",\"slot\":\"b\",\"version\":1} | belongs to did:plc:alice#b",
                "{\"format\":1,\"did\":\"very-secret\",\"slot\":\"default\",\"version\":1} | does not say whose it is",
                "{\"format\":1,\"did\":\"did:plc:alice\",\"slot\":\"very-secret!\"} | does not say whose it is",
                "{\"format\":1,\"did\":\"did:plc:alice\",\"slot\":\"default\"} | has no version",
                "{\"format\":1,\"did\":\"did:plc:alice\",\"slot\":\"default\",\"version\":0} | has no version",
            })
    void aForeignDocumentIsUnreadableAndTellsNoSecret(String json, String reason) {
        assertUnreadable(json.getBytes(StandardCharsets.UTF_8), reason);
    }

    @Test
    void aSuccessorIsOfTheSameKeyAndOfTheNextVersion() {
        var record = SessionRecord.of(KEY, 3, CONTENT);
        record.requireSuccessor(KEY, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> record.requireSuccessor(KEY, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> record.requireSuccessor(KEY, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> record.requireSuccessor(new SessionKey(KEY.did(), "b"), 2));
    }

    @Test
    void aVersionIsPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionRecord.of(KEY, 0, CONTENT));
    }

    @Test
    void aRecordTellsNoSecret() {
        assertThat(SessionRecord.of(KEY, 3, CONTENT)).hasToString("SessionRecord[did:plc:alice#default, version 3]");
    }

    private static void assertUnreadable(byte[] json, String reason) {
        var e = catchThrowableOfType(StoreException.class, () -> SessionRecord.parse(KEY, json));
        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREADABLE);
        assertThat(e).hasMessageContaining(reason).hasMessageContaining(KEY.toString());
        assertThat(e).hasNoCause();
        assertThat(e.toString()).doesNotContain("very-secret");
    }
}
