// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.StateJson;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.syntax.Did;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredSessionsTest {

    private final SmallWorld world = new SmallWorld();
    private final StoredSessions stored = new StoredSessions(world.settings(Runnable::run));

    @Test
    void partsTogetherHoldEachSessionOnceThoughTheStoreListsThemInAnotherOrderEachTime() {
        for (int i = 0; i < 25; i++) {
            SessionKey key = SessionKey.of(Did.parse("did:web:account" + i + ".example.com"));
            SessionState one = SessionState.opened(
                    key,
                    SmallWorld.SERVICE,
                    null,
                    world.stored().profile(),
                    world.stored().current());
            world.store.compareAndSet(key, 0, StateJson.write(one.asVersion(1), SmallWorld.NOW));
        }
        var random = new Random(5);
        world.store.listed = keys -> {
            List<SessionKey> shuffled = new ArrayList<>(keys);
            Collections.shuffle(shuffled, random);
            return shuffled;
        };
        List<SessionKey> seen = new ArrayList<>();
        @Nullable SessionKey last = null;
        int parts = 0;
        do {
            StoredSessions.Part part = stored.part(last, 7, state -> true);
            assertThat(part.found()).hasSizeLessThanOrEqualTo(7);
            part.found().forEach(held -> seen.add(held.state().key()));
            last = part.last();
            parts++;
        } while (last != null && parts < 10);
        assertThat(seen).hasSize(26).doesNotHaveDuplicates();
        assertThat(parts).isEqualTo(4);
    }

    @Test
    void aPartThatIsNotFullIsTheLastOne() {
        assertThat(stored.part(null, 2, state -> true).last()).isNull();
        assertThat(stored.part(null, 1, state -> false).last()).isEqualTo(SmallWorld.KEY);
        assertThat(stored.part(SmallWorld.KEY, 1, state -> true)).isEqualTo(new StoredSessions.Part(List.of(), null));
    }
}
