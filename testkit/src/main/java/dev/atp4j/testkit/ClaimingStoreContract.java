// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexMap;
import dev.atp4j.session.store.ClaimingStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.syntax.Did;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link ClaimingStore} must keep to, beside all that {@link SessionStoreContract} asks. */
public abstract class ClaimingStoreContract extends SessionStoreContract {

    private static final Duration LONG = Duration.ofHours(1);

    /** Creates the test. */
    protected ClaimingStoreContract() {}

    @Override
    protected abstract ClaimingStore open();

    /** What is due is given to one, once, and what is not due to nobody. */
    @Test
    public final void whatIsDueIsClaimedOnce() {
        ClaimingStore store = claiming();
        write(store, ALICE, 1, Duration.ZERO);
        write(store, BOB, 1, LONG);
        write(store, SessionKey.of(Did.parse("did:plc:carol")), 1, null);
        List<SessionRecord> claimed = store.claimDue(10, LONG);
        assertThat(claimed).extracting(SessionRecord::key).containsExactly(ALICE);
        assertThat(claimed.get(0).content().getString("mark")).contains("v1");
        assertThat(claiming().claimDue(10, LONG)).isEmpty();
    }

    /** A claim that is not followed by a write ends with its time. */
    @Test
    public final void aClaimEndsWithItsTime() {
        ClaimingStore store = claiming();
        write(store, ALICE, 1, Duration.ZERO);
        assertThat(store.claimDue(1, Duration.ofMillis(1))).hasSize(1);
        List<SessionRecord> again = List.of();
        while (again.isEmpty()) { // the class's time limit ends this if it does not end
            again = claiming().claimDue(1, LONG);
        }
        assertThat(again).extracting(SessionRecord::key).containsExactly(ALICE);
    }

    /** A write ends a claim, and says anew when the session is due. */
    @Test
    public final void aWriteSaysAnewWhenASessionIsDue() {
        ClaimingStore store = claiming();
        write(store, ALICE, 1, Duration.ZERO);
        assertThat(store.claimDue(1, LONG)).hasSize(1);
        write(store, ALICE, 2, Duration.ZERO);
        assertThat(store.claimDue(1, LONG)).extracting(SessionRecord::version).containsExactly(2L);
        write(store, ALICE, 3, null);
        assertThat(store.claimDue(1, LONG)).isEmpty();
        write(store, ALICE, 4, Duration.ZERO);
        assertThat(store.compareAndDelete(ALICE, 4)).isTrue();
        assertThat(store.claimDue(1, LONG)).isEmpty();
    }

    /** No more is claimed than was asked for, and a claim hinders no reader or writer, and no lease. */
    @Test
    public final void noMoreIsClaimedThanAskedFor() {
        ClaimingStore store = claiming();
        for (int i = 0; i < 10; i++) {
            write(store, new SessionKey(ALICE.did(), "s" + i), 1, Duration.ZERO);
        }
        assertThat(store.claimDue(3, LONG)).hasSize(3);
        assertThat(store.claimDue(100, LONG)).hasSize(7);
        assertThat(store.read(new SessionKey(ALICE.did(), "s0"))).isPresent();
        assertThat(store.lease(new SessionKey(ALICE.did(), "s0"), Duration.ZERO))
                .isPresent();
    }

    /**
     * However many ask at the same time, nothing is given twice, and nothing is left.
     *
     * @throws Exception if the store fails where it must not
     */
    @Test
    public final void nothingIsClaimedTwice() throws Exception {
        ClaimingStore store = claiming();
        List<SessionKey> keys = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            SessionKey key = new SessionKey(BOB.did(), "s" + i);
            keys.add(key);
            write(store, key, 1, Duration.ZERO);
        }
        List<List<SessionRecord>> shares = together(any -> {
            List<SessionRecord> mine = new ArrayList<>();
            while (true) {
                List<SessionRecord> claimed = ((ClaimingStore) any).claimDue(3, LONG);
                mine.addAll(claimed);
                if (claimed.isEmpty()) {
                    return mine;
                }
            }
        });
        assertThat(shares.stream().flatMap(List::stream).map(SessionRecord::key))
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    private ClaimingStore claiming() {
        return (ClaimingStore) store();
    }

    private static void write(ClaimingStore store, SessionKey key, long version, @Nullable Duration due) {
        var content = LexMap.builder().put("mark", "v" + version);
        if (due != null) {
            content.put("dueMillis", due.toMillis());
        }
        assertThat(store.compareAndSet(key, version - 1, SessionRecord.of(key, version, content.build())))
                .isTrue();
    }
}
