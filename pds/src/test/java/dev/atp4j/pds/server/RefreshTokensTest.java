// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.pds.server.RefreshTokens.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RefreshTokensTest {

    private static final String DID = "did:plc:alice";
    private static final Duration GRACE = Duration.ofHours(2);
    private static final Duration LIFE = Duration.ofDays(90);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RefreshTokens tokens = new RefreshTokens(GRACE);
    private int made;

    private Instant now = START;

    private String login() {
        String id = "t" + made++;
        tokens.store(new Row(id, DID, now.plus(LIFE), null, null));
        return id;
    }

    private Optional<String> use(String id) {
        return tokens.rotate(DID, id, now, () -> "t" + made++, now.plus(LIFE)).map(Row::id);
    }

    private void at(Duration sinceStart) {
        now = START.plus(sinceStart);
    }

    @Test
    void everyUseInGraceLeadsToTheSameSuccessor() {
        String a = login();
        String b = use(a).orElseThrow();
        at(Duration.ofMinutes(119));
        assertThat(use(a)).contains(b);
    }

    @Test
    void graceIsFixedByTheFirstUse() {
        String a = login();
        use(a);
        at(Duration.ofMinutes(119));
        use(a);
        at(GRACE);
        assertThat(use(a)).isEmpty();
    }

    @Test
    void graceIsShorterNearTheEndOfLife() {
        String a = login();
        at(LIFE.minusSeconds(60));
        String b = use(a).orElseThrow();
        now = now.plusSeconds(59);
        assertThat(use(a)).contains(b);
        now = now.plusSeconds(1);
        assertThat(use(a)).isEmpty();
    }

    @Test
    void aTokenThatIsReissuedInGraceDiesWithTheGraceOfItsRow() {
        String a = login();
        String b = use(a).orElseThrow();
        String c = use(b).orElseThrow();
        at(Duration.ofHours(1));
        assertThat(use(a)).contains(b);
        at(Duration.ofHours(2));
        assertThat(use(b)).isEmpty();
        assertThat(use(c)).isPresent();
    }

    @Test
    void siblingsWithoutASharedStoreLoseEachOther() {
        String a = login();
        String b = use(a).orElseThrow();
        at(Duration.ofMinutes(5));
        use(b);
        at(Duration.ofMinutes(115));
        assertThat(use(a)).contains(b);
        at(Duration.ofMinutes(225));
        assertThat(use(b)).isEmpty();
    }

    @Test
    void lateReuseDoesNotHarmTheFamily() {
        String a = login();
        String b = use(a).orElseThrow();
        at(Duration.ofHours(5));
        assertThat(use(a)).isEmpty();
        assertThat(use(b)).isPresent();
    }

    @Test
    void aPredecessorInGraceBringsADeletedSuccessorBackWithANewLife() {
        String a = login();
        String b = use(a).orElseThrow();
        tokens.revoke(DID, b);
        at(Duration.ofHours(1));
        assertThat(use(a)).contains(b);
        assertThat(tokens.live(DID, now))
                .filteredOn(row -> row.id().equals(b))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.expiresAt()).isEqualTo(now.plus(LIFE));
                    assertThat(row.successor()).isNull();
                });
    }

    @Test
    void withoutGraceAUsedTokenIsDeadAtOnce() {
        var graceless = new RefreshTokens(Duration.ZERO);
        graceless.store(new Row("a", DID, now.plus(LIFE), null, null));
        assertThat(graceless.rotate(DID, "a", now, () -> "b", now.plus(LIFE))).isPresent();
        assertThat(graceless.rotate(DID, "a", now, () -> "c", now.plus(LIFE))).isEmpty();
        assertThat(graceless.rotate(DID, "b", now, () -> "d", now.plus(LIFE))).isPresent();
    }

    @Test
    void aUsePurgesWhatHasExpired() {
        String old = login();
        at(Duration.ofDays(80));
        String young = login();
        at(Duration.ofDays(91));
        use(young);
        at(Duration.ZERO);
        assertThat(tokens.live(DID, now))
                .extracting(Row::id)
                .doesNotContain(old)
                .contains(young);
    }

    @Test
    void theAppPasswordIsInherited() {
        tokens.store(new Row("a", DID, now.plus(LIFE), null, "phone"));
        String b = use("a").orElseThrow();
        use(b);
        tokens.revokeAppPassword(DID, "phone");
        assertThat(tokens.live(DID, now)).isEmpty();
    }

    /**
     * Random histories, compared with what the reference says of single tokens: a row that was never used dies at its
     * expiry, a used one at the earlier of that and two hours from its first use, and a successor never changes.
     */
    @Test
    void randomHistoriesKeepTheRules() {
        for (int run = 0; run < 200; run++) {
            long seed = 7_919L * run + 17;
            try {
                randomHistory(new Random(seed));
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private void randomHistory(Random random) {
        var table = new RefreshTokens(GRACE);
        Map<String, Instant> ends = new HashMap<>();
        Map<String, String> successors = new HashMap<>();
        List<String> all = new ArrayList<>();
        Instant time = START;
        for (int step = 0; step < 120; step++) {
            time = time.plusSeconds(random.nextInt(2_000));
            int choice = random.nextInt(20);
            if (all.isEmpty() || choice == 0) {
                String id = "login" + step;
                table.store(new Row(id, DID, time.plus(LIFE), null, null));
                ends.put(id, time.plus(LIFE));
                all.add(id);
                continue;
            }
            String id = all.get(random.nextInt(all.size()));
            if (choice == 1) {
                table.revoke(DID, id);
                ends.remove(id);
                // A row that comes back starts anew.
                successors.remove(id);
                continue;
            }
            String fresh = "next" + step;
            Optional<String> used =
                    table.rotate(DID, id, time, () -> fresh, time.plus(LIFE)).map(Row::id);
            Instant end = ends.get(id);
            if (end == null || !end.isAfter(time)) {
                assertThat(used).as("use of %s at step %d", id, step).isEmpty();
                continue;
            }
            String expected = successors.computeIfAbsent(id, key -> fresh);
            assertThat(used).as("use of %s at step %d", id, step).contains(expected);
            Instant graceEnd = time.plus(GRACE);
            ends.merge(id, graceEnd, (a, b) -> a.isBefore(b) ? a : b);
            Instant known = ends.get(expected);
            if (known == null || !known.isAfter(time)) {
                ends.put(expected, time.plus(LIFE));
                successors.remove(expected);
            }
            if (!all.contains(expected)) {
                all.add(expected);
            }
        }
    }
}
