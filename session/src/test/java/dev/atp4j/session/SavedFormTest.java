// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.atp4j.Secret;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that other programs saved, read in the forms in which these programs save them. */
class SavedFormTest {

    private static final String DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";
    private static final String ACCESS = token(DID, "com.atproto.access");
    private static final String REFRESH = token(DID, "com.atproto.refresh");
    private static final URI SERVICE = URI.create("https://service.example.com");
    private static final String DID_DOC = """
            {"id":"%s","service":[{"id":"#atproto_pds","type":"AtprotoPersonalDataServer",
              "serviceEndpoint":"https://pds.example.com"}]}""".formatted(DID);

    /** What a test of all forms needs to know of one. */
    record Example(String name, String saved, List<String> required) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Example> examples() {
        return List.of(
                new Example("atp4j", """
                        {"service":"https://service.example.com","pds":"https://pds.example.com","did":"DID",
                         "accessJwt":"ACCESS","refreshJwt":"REFRESH","handle":"alice.test","active":true}""", List.of("service", "did", "accessJwt", "refreshJwt")),
                new Example("lex", """
                        {"accessJwt":"ACCESS","refreshJwt":"REFRESH","handle":"alice.test","did":"DID","didDoc":DOC,
                         "email":"a@example.com","emailConfirmed":true,"active":true,
                         "service":"https://service.example.com"}""", List.of("service", "did", "accessJwt", "refreshJwt")),
                new Example("lex 0.0.4", """
                        {"data":{"accessJwt":"ACCESS","refreshJwt":"REFRESH","handle":"alice.test","did":"DID",
                         "email":"a@example.com","active":true},"refreshedAt":"2026-01-01T00:00:00.000Z",
                         "pdsUrl":"https://pds.example.com/","service":"https://service.example.com/"}""", List.of("service", "did", "accessJwt", "refreshJwt")),
                new Example("atcute", """
                        {"service":"https://service.example.com","accessJwt":"ACCESS","refreshJwt":"REFRESH",
                         "handle":"alice.test","did":"DID","pdsUri":"https://pds.example.com","active":true}""", List.of("service", "did", "accessJwt", "refreshJwt")),
                new Example("goat", """
                        {"did":"DID","password":"the password","access_token":"ACCESS","session_token":"REFRESH",
                         "pds":"https://pds.example.com"}""", List.of("pds", "did", "access_token", "session_token")),
                new Example("indigo", """
                        {"access_token":"ACCESS","refresh_token":"REFRESH","account_did":"DID",
                         "host":"https://pds.example.com"}""", List.of("host", "account_did", "access_token", "refresh_token")),
                new Example("MarshalX", "alice.test:::DID:::ACCESS:::REFRESH:::https://pds.example.com", List.of()));
    }

    private static String filled(String example) {
        return example.replace("DID", DID)
                .replace("ACCESS", ACCESS)
                .replace("REFRESH", REFRESH)
                .replace("DOC", DID_DOC);
    }

    private static String token(String subject, String scope) {
        String claims = "{\"scope\":\"%s\",\"sub\":\"%s\",\"jti\":\"planted\",\"iat\":1,\"exp\":7201}"
                .formatted(scope, subject);
        return "eyJ0eXAiOiJhdCtqd3QifQ."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".cGxhbnRlZA";
    }

    // ---- what is read

    @ParameterizedTest
    @MethodSource("examples")
    void everyFormIsRead(Example example) {
        SessionData data = SessionData.parse(filled(example.saved()));
        assertThat(data.did().value()).isEqualTo(DID);
        assertThat(data.accessJwt()).isEqualTo(Secret.of(ACCESS));
        assertThat(data.refreshJwt()).isEqualTo(Secret.of(REFRESH));
        assertThat(data.pds()).contains(URI.create("https://pds.example.com"));
        boolean saysWhere = example.saved().contains("service.example.com");
        assertThat(data.service()).isEqualTo(saysWhere ? SERVICE : URI.create("https://pds.example.com"));
        if (example.saved().contains("alice.test")) {
            assertThat(data.handle()).contains("alice.test");
        }
        if (example.saved().contains("a@example.com")) {
            assertThat(data.email()).contains("a@example.com");
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatWasReadIsWrittenAndReadAgain(Example example) {
        SessionData data = SessionData.parse(filled(example.saved()));
        assertThat(SessionData.parse(data.toJson())).isEqualTo(data);
        assertThat(SessionData.parse(LexJson.toString(data.toJson()))).isEqualTo(data);
        SessionData viaLex = SessionData.parse(data.toLexJson());
        assertThat(viaLex.service()).isEqualTo(data.service());
        assertThat(viaLex.did()).isEqualTo(data.did());
        assertThat(viaLex.refreshJwt()).isEqualTo(data.refreshJwt());
        assertThat(viaLex.didDoc()).isEqualTo(data.didDoc());
    }

    @Test
    void theLexFormHasWhatItsTypeDemands() {
        LexMap json = SessionData.of(SERVICE, dev.atp4j.syntax.Did.parse(DID), Secret.of(ACCESS), Secret.of(REFRESH))
                .toLexJson();
        assertThat(json.fields()).containsOnlyKeys("service", "did", "handle", "active", "accessJwt", "refreshJwt");
        assertThat(json.getString("handle")).contains("handle.invalid");
    }

    @Test
    void aSessionOfAtprotoApiNeedsAServiceBesideIt() {
        String saved = filled("""
                {"accessJwt":"ACCESS","refreshJwt":"REFRESH","handle":"alice.test","did":"DID","active":true}""");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionData.parse(saved))
                .withMessageContainingAll("createSession's answer", "\"service\"", "given");
        assertThat(SessionData.parse(saved, SERVICE).service()).isEqualTo(SERVICE);
    }

    @Test
    void anOldSessionStringNeedsAServiceBesideIt() {
        String saved = filled("alice.test:::DID:::ACCESS:::REFRESH");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionData.parse(saved))
                .withMessageContainingAll("MarshalX", "\"pds_endpoint\"");
        assertThat(SessionData.parse(saved + "\n", SERVICE).service()).isEqualTo(SERVICE);
    }

    @Test
    void aFormThatNamesOnlyTheAccountsServerCanBeToldTheEntryway() {
        SessionData data = SessionData.parse(filled(examples().get(4).saved()), SERVICE);
        assertThat(data.service()).isEqualTo(SERVICE);
        assertThat(data.pds()).contains(URI.create("https://pds.example.com"));
    }

    @Test
    void aServiceThatContradictsTheDocumentIsRefused() {
        String saved = filled(examples().get(1).saved());
        assertThat(SessionData.parse(saved, URI.create("https://SERVICE.example.com/"))
                        .service())
                .isEqualTo(SERVICE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionData.parse(saved, URI.create("https://elsewhere.example.com")))
                .withMessageContaining("another service");
    }

    @Test
    void goatsPasswordIsNotKept() {
        SessionData data = SessionData.parse(filled(examples().get(4).saved()));
        assertThat(LexJson.toString(data.toJson()) + data).doesNotContain("the password");
    }

    @Test
    void atcutesStatusIsReadUnderItsOwnName() {
        SessionData data = SessionData.parse(filled("""
                {"service":"https://service.example.com","accessJwt":"ACCESS","refreshJwt":"REFRESH","did":"DID",
                 "handle":"alice.test","active":false,"inactiveStatus":"deactivated"}"""));
        assertThat(data.active()).isFalse();
        assertThat(data.accountStatus()).contains("deactivated");
    }

    @Test
    void oddOptionalFieldsAreDropped() {
        SessionData data = SessionData.parse(filled("""
                {"service":"https://service.example.com","accessJwt":"ACCESS","refreshJwt":"REFRESH","did":"DID",
                 "handle":7,"email":[],"emailConfirmed":"yes","active":null,"status":{},"didDoc":"-","pdsUri":null,
                 "unknown":{"$link":3},"data":false}"""));
        assertThat(data.handle()).isEmpty();
        assertThat(data.email()).isEmpty();
        assertThat(data.emailConfirmed()).isEmpty();
        assertThat(data.active()).isTrue();
        assertThat(data.pds()).isEmpty();
    }

    // ---- what is refused

    @ParameterizedTest
    @MethodSource("examples")
    void aMissingFieldIsNamed(Example example) {
        for (String field : example.required()) {
            // Another field of the same form tells which form it is, unless this one was the only sign.
            String cut = filled(example.saved().replace("\"" + field + "\":", "\"was_here\":"));
            assertThatIllegalArgumentException()
                    .as(field)
                    .isThrownBy(() -> SessionData.parse(cut))
                    .satisfies(SavedFormTest::showsNoToken)
                    .withMessageContaining(field);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://pds.example.com",
                "https://user:password@pds.example.com",
                "https://pds.example.com/path",
                "https://pds.example.com?query",
                "ftp://pds.example.com",
                "no address",
                "",
                "file:///etc/passwd"
            })
    void aPlaceThatNoTokenMayGoToIsRefused(String place) {
        for (Example example : examples()) {
            for (String good :
                    List.of("https://pds.example.com/", "https://pds.example.com", "https://service.example.com")) {
                if (example.saved().contains(good + "\"")) {
                    String bad = filled(example.saved().replace(good + "\"", place + "\""));
                    assertThatIllegalArgumentException()
                            .as("%s in %s", good, example)
                            .isThrownBy(() -> SessionData.parse(bad))
                            .satisfies(SavedFormTest::showsNoToken);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://10.0.0.1", "https://[::1]", "https://localhost"})
    void aDocumentMayNotNameAnAddressInsideAsTheAccountsServer(String place) {
        for (Example example : examples()) {
            if (example.saved().contains("service.example.com")
                    && !example.saved().contains("DOC")) {
                String bad = filled(example.saved().replaceAll("https://pds\\.example\\.com/?", place));
                assertThatIllegalArgumentException().isThrownBy(() -> SessionData.parse(bad));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"accessJwt":"ACCESS","refreshJwt":"REFRESH","session_token":"REFRESH","did":"DID"} | several
                    {"data":{"accessJwt":"ACCESS"},"accessJwt":"ACCESS"}                               | several
                    {"session_token":"REFRESH","refresh_token":"REFRESH"}                              | several
                    {"did":"DID"}                                                                      | accessJwt
                    {}                                                                                 | accessJwt
                    {"accessJwt":"ACCESS"                                                              | complete
                    [1]                                                                                | JSON object
                    nothing                                                                            | JSON object
                    alice.test:::DID:::ACCESS                                                          | 3 parts
                    a:::b:::c:::d:::e:::f                                                              | 6 parts
                    """)
    void whatIsAmbiguousOrNoSessionAtAllIsRefused(String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionData.parse(filled(text)))
                .withMessageContaining(why)
                .satisfies(SavedFormTest::showsNoToken);
    }

    @Test
    void tokensOfAnotherAccountAreRefused() {
        String stranger = token("did:plc:stranger", "com.atproto.refresh");
        for (Example example : examples()) {
            String mixed = example.saved().replace("REFRESH", stranger);
            assertThatIllegalArgumentException()
                    .as(example.name())
                    .isThrownBy(() -> SessionData.parse(filled(mixed)))
                    .withMessageContaining("another account")
                    .satisfies(SavedFormTest::showsNoToken);
        }
    }

    @Test
    void aTokenInAWrongPlaceIsNotShown() {
        for (Example example : examples()) {
            for (String good :
                    List.of("DID", "https://pds.example.com", "https://service.example.com", "{", "}", ":::")) {
                String bad = filled(example.saved().replace(good, REFRESH));
                Throwable thrown = catchThrowable(() -> SessionData.parse(bad));
                if (thrown != null) {
                    showsNoToken(thrown);
                }
            }
        }
    }

    // ---- anything at all

    @Test
    void brokenDocumentsThrowNothingElseAndShowNothing() {
        for (int seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            StringBuilder text = new StringBuilder(
                    filled(examples().get(random.nextInt(examples().size())).saved()));
            for (int i = random.nextInt(6); i >= 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(0x1_0000));
                    case 1 -> text.setCharAt(at, "{}[]\",:\\\0 ".charAt(random.nextInt(10)));
                    case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
                    default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
                }
                if (text.isEmpty()) {
                    text.append('{');
                }
            }
            harmless(text.toString(), seed);
        }
    }

    @Test
    void documentsOfAnyShapeThrowNothingElseAndShowNothing() {
        for (int seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            harmless(LexJson.toString(object(random, 3)), seed);
        }
    }

    @Test
    void anyCharactersThrowNothingElse() {
        for (int seed = 0; seed < 5_000; seed++) {
            var random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            harmless(new String(bytes, StandardCharsets.ISO_8859_1), seed);
            harmless("{" + new String(bytes, StandardCharsets.UTF_8), seed);
        }
        harmless("{\"data\":".repeat(100_000), -1);
        harmless("[".repeat(100_000), -1);
    }

    private static void harmless(String text, int seed) {
        for (boolean given : new boolean[] {false, true}) {
            Throwable thrown = catchThrowable(() -> parsed(text, given));
            if (thrown != null) {
                assertThat(thrown).as("seed " + seed).isInstanceOf(IllegalArgumentException.class);
                showsNoToken(thrown);
            }
        }
    }

    private static void parsed(String text, boolean given) {
        SessionData data = given ? SessionData.parse(text, SERVICE) : SessionData.parse(text);
        assertThat(SessionData.parse(data.toJson())).isEqualTo(data);
        for (Secret token : List.of(data.accessJwt(), data.refreshJwt())) {
            assertThat(token.expose().startsWith("eyJ") && data.toString().contains(token.expose()))
                    .isFalse();
        }
    }

    private static final List<String> NAMES = List.of(
            "service",
            "pds",
            "pdsUri",
            "pdsUrl",
            "host",
            "did",
            "account_did",
            "accessJwt",
            "refreshJwt",
            "access_token",
            "session_token",
            "refresh_token",
            "data",
            "handle",
            "didDoc",
            "active",
            "inactiveStatus",
            "password",
            "other");

    private static LexMap object(Random random, int depth) {
        var json = LexMap.builder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            json.put(NAMES.get(random.nextInt(NAMES.size())), value(random, depth));
        }
        return json.build();
    }

    private static LexValue value(Random random, int depth) {
        List<String> texts = List.of(
                DID,
                ACCESS,
                REFRESH,
                "https://pds.example.com",
                "https://service.example.com",
                "http://x",
                "",
                "deactivated");
        if (depth > 0 && random.nextInt(4) == 0) {
            return object(random, depth - 1);
        }
        if (random.nextInt(8) == 0) {
            return new dev.atp4j.data.LexInteger(random.nextLong());
        }
        return new dev.atp4j.data.LexString(texts.get(random.nextInt(texts.size())));
    }

    private static void showsNoToken(Throwable thrown) {
        List<String> shown = new ArrayList<>();
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            shown.add(each.toString());
        }
        assertThat(shown)
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain(ACCESS.substring(10, 40))
                        .doesNotContain(REFRESH.substring(10, 40))
                        .doesNotContain("cGxhbnRlZA")
                        .doesNotContain("the password"));
    }
}
