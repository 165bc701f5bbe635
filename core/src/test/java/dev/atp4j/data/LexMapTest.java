// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LexMapTest {

    private final LexMap map = LexMap.builder()
            .put("text", "hello")
            .put("count", 3)
            .put("yes", true)
            .put("list", LexList.of(new LexInteger(1)))
            .put("map", LexMap.empty())
            .put("left out", (String) null)
            .build();

    @Test
    void keepsTheOrderOfItsFields() {
        assertThat(map.fields().keySet()).containsExactly("text", "count", "yes", "list", "map");
        assertThat(map.with("text", LexNull.NULL)
                        .with("new", LexNull.NULL)
                        .without("count")
                        .fields()
                        .keySet())
                .containsExactly("text", "yes", "list", "map", "new");
    }

    @Test
    void answersEmptyForAbsentFieldsAndForThoseOfAnotherKind() {
        assertThat(map.getString("text")).contains("hello");
        assertThat(map.getLong("count")).contains(3L);
        assertThat(map.getBoolean("yes")).contains(true);
        assertThat(map.getList("list")).contains(LexList.of(new LexInteger(1)));
        assertThat(map.getMap("map")).contains(LexMap.empty());
        for (String name : new String[] {"absent", "text", "count", "yes", "list", "map"}) {
            assertThat(map.getString(name).isPresent()).isEqualTo(name.equals("text"));
            assertThat(map.getLong(name).isPresent()).isEqualTo(name.equals("count"));
            assertThat(map.getBoolean(name).isPresent()).isEqualTo(name.equals("yes"));
            assertThat(map.getList(name).isPresent()).isEqualTo(name.equals("list"));
            assertThat(map.getMap(name).isPresent()).isEqualTo(name.equals("map"));
        }
        assertThat(map.get("absent")).isNull();
    }

    @Test
    void isEqualInAnyOrder() {
        LexMap turned = LexMap.builder().put("b", 2).put("a", 1).build();

        assertThat(turned)
                .isEqualTo(LexMap.builder().put("a", 1).put("b", 2).build())
                .hasSameHashCodeAs(LexMap.builder().put("a", 1).put("b", 2).build())
                .isNotEqualTo(LexMap.builder().put("a", 1).put("b", 3).build());
    }

    @Test
    void changesWithNothingItWasMadeOf() {
        var fields = new LinkedHashMap<String, LexValue>(Map.of("a", LexNull.NULL));
        LexMap copy = LexMap.of(fields);
        LexMap.Builder builder = LexMap.builder().put("a", 1);
        LexMap built = builder.build();

        fields.put("b", LexNull.NULL);
        builder.put("b", 2);

        assertThat(copy.fields()).containsOnlyKeys("a");
        assertThat(built.fields()).containsOnlyKeys("a");
        assertThatThrownBy(() -> copy.fields().clear()).isInstanceOf(UnsupportedOperationException.class);
        LexMap read = LexJson.parseMap("{\"a\":1}".getBytes(UTF_8));
        assertThatThrownBy(() -> read.fields().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
