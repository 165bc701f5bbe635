// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("security")
class HeadersTest {

    private final Headers headers = Headers.of("Accept", "a").plus("x-n", "1").plus("X-N", "2");

    @Test
    void namesAreFoundInAnyCase() {
        assertThat(headers.first("ACCEPT")).contains("a");
        assertThat(headers.first("X-n")).contains("1");
        assertThat(headers.all("x-N")).containsExactly("1", "2");
        assertThat(headers.contains("accept")).isTrue();
        assertThat(headers.contains("acce")).isFalse();
        assertThat(headers.first("none")).isEmpty();
        assertThat(headers.all("none")).isEmpty();
        assertThat(headers.size()).isEqualTo(3);
    }

    @Test
    void fieldsAreVisitedInOrderWithNamesInLowerCase() {
        assertThat(visited(headers)).containsExactly("accept=a", "x-n=1", "x-n=2");
        assertThat(visited(Headers.received("Server", "x", "DATE", "y"))).containsExactly("server=x", "date=y");
    }

    @Test
    void changesMakeCopies() {
        assertThat(visited(headers.with("x-n", "3"))).containsExactly("accept=a", "x-n=3");
        assertThat(visited(headers.without("X-N"))).containsExactly("accept=a");
        assertThat(visited(headers.plus(Headers.of("b", "c")))).containsExactly("accept=a", "x-n=1", "x-n=2", "b=c");
        assertThat(headers.size()).isEqualTo(3);
        assertThat(headers.without("none")).isSameAs(headers);
        assertThat(headers.plus(Headers.empty())).isSameAs(headers);
        assertThat(Headers.empty().plus(headers)).isSameAs(headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\n", "ä", "a\"", "(a)"})
    void whatIsNoNameIsRefused(String name) {
        assertThatThrownBy(() -> Headers.of(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret\r\nx: y", "secret\n", "secret\0", "secret\u007f", "secret\u0100", "secret\u2028"})
    void aValueThatNoHeaderMayHaveIsRefusedAndNotShown(String value) {
        assertThatThrownBy(() -> Headers.of("authorization", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("authorization")
                .hasMessageNotContaining("secret");
    }

    @Test
    void tabsAndLatinLettersMayStandInValues() {
        assertThat(Headers.of("x", "a\tü").first("x")).contains("a\tü");
    }

    @Test
    void onlyNamesAreShown() {
        assertThat(Headers.of("Authorization", "Bearer secret").plus("b", "c"))
                .hasToString("Headers[authorization, b]");
    }

    @Test
    void aReceivedNameNeedsAValue() {
        assertThatThrownBy(() -> Headers.received("a", "b", "c")).isInstanceOf(IllegalArgumentException.class);
    }

    private static ArrayList<String> visited(Headers headers) {
        var visited = new ArrayList<String>();
        headers.forEach((name, value) -> visited.add(name + "=" + value));
        return visited;
    }
}
