// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.xrpc.XrpcDecodeException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

    private final Script script = new Script();
    private final AtpClient client = script.client().build();

    private void page(String cursor, String... moods) {
        List<String> items = new ArrayList<>();
        for (String mood : moods) {
            items.add("{\"text\":\"" + mood + "\"}");
        }
        script.json("{\"moods\":" + items + (cursor.isEmpty() ? "" : ",\"cursor\":\"" + cursor + "\"") + "}");
    }

    private List<String> all() {
        return client.items(ListMoods.QUERY, p -> p.limit(2)).map(Mood::text).toList();
    }

    @Test
    void itemsComeFromAllPages() {
        page("x", "a", "b");
        page("y", "c");
        page("", "d");
        assertThat(all()).containsExactly("a", "b", "c", "d");
        assertThat(script.request(0).uri().getQuery()).isEqualTo("limit=2");
        assertThat(script.request(2).uri().getQuery()).isEqualTo("limit=2&cursor=y");
    }

    @Test
    void onlyWhatIsLookedAtIsAskedFor() {
        page("x", "a", "b");
        page("y", "c", "d");
        var items = client.items(ListMoods.QUERY, p -> p.limit(2));
        assertThat(script.calls()).isZero();
        assertThat(items.limit(3).map(Mood::text)).containsExactly("a", "b", "c");
        assertThat(script.calls()).isEqualTo(2);
    }

    @Test
    void anEmptyPageIsNotTheEnd() {
        page("x");
        page("y");
        page("", "a");
        assertThat(all()).containsExactly("a");
    }

    @Test
    void theSameCursorAgainIsTheEnd() {
        page("x", "a");
        page("x", "b");
        assertThat(all()).containsExactly("a", "b");
    }

    @Test
    void aCursorToBeginWithIsReplacedByTheNext() {
        page("y", "a");
        page("", "b");
        assertThat(client.items(ListMoods.QUERY, p -> p.cursor("x")).count()).isEqualTo(2);
        assertThat(script.request(0).uri().getQuery()).isEqualTo("cursor=x");
        assertThat(script.request(1).uri().getQuery()).isEqualTo("cursor=y");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 13})
    void cursorsInACircleAreNotFollowedForever(int length) {
        for (int i = 0; i < 100; i++) {
            page("c" + i % length, "a");
        }
        assertThatThrownBy(this::all)
                .isInstanceOf(XrpcDecodeException.class)
                .hasMessageContaining("com.acme.listMoods: its pages have no end");
        assertThat(script.calls()).isLessThanOrEqualTo(3 * length + 1);
    }

    @Test
    void thePagesThemselvesMayBeLookedAtAndCounted() {
        page("x", "a");
        page("y", "b");
        var pages = client.pages(ListMoods.QUERY, p -> p.limit(1)).most(2);
        var seen = new ArrayList<String>();
        for (ListMoods.Output page : pages) {
            seen.add(page.cursor());
        }
        assertThat(seen).containsExactly("x", "y");
        page("", "c");
        assertThat(pages.stream()).hasSize(1);
    }
}
