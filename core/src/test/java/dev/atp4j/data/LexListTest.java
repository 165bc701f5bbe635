// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LexListTest {

    private static final LexValue ONE = new LexInteger(1);
    private static final LexValue TWO = new LexInteger(2);

    @Test
    void hasItsItemsInOrder() {
        LexList list = LexList.of(ONE, TWO);

        assertThat(list).containsExactly(ONE, TWO).hasSize(list.size());
        assertThat(list.get(1)).isEqualTo(TWO);
        assertThatThrownBy(() -> list.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void isEqualToAListOfEqualItemsInTheSameOrder() {
        assertThat(LexList.of(ONE, TWO))
                .isEqualTo(new LexList(List.of(new LexInteger(1), new LexInteger(2))))
                .hasSameHashCodeAs(new LexList(List.of(new LexInteger(1), new LexInteger(2))))
                .isNotEqualTo(LexList.of(TWO, ONE))
                .isNotEqualTo(List.of(ONE, TWO));
    }

    @Test
    void changesWithNothingItWasMadeOf() {
        var items = new ArrayList<>(List.of(ONE));
        LexList list = new LexList(items);

        items.add(TWO);

        assertThat(list).containsExactly(ONE);
        assertThatThrownBy(() -> list.items().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
