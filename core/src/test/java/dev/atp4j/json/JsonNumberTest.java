// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonNumberTest {

    @Test
    void agreesWithExactArithmetic() {
        long seed = Long.getLong("atp4j.seed", new Random().nextLong());
        var random = new Random(seed);
        int whole = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = number(random);
            assertThat(JsonNumber.toLong(text)).as("<%s> seed %d", text, seed).isEqualTo(exact(text));
            whole += JsonNumber.toLong(text).isPresent() ? 1 : 0;
        }
        assertThat(whole).as("both outcomes are tried, seed %d", seed).isBetween(2_000, 18_000);
    }

    @Test
    void takesNoTimeForHugeExponentsAndManyDigits() {
        assertThat(JsonNumber.toLong("1e" + "9".repeat(1_000_000))).isEmpty();
        assertThat(JsonNumber.toLong("1e-" + "9".repeat(1_000_000))).isEmpty();
        assertThat(JsonNumber.toLong("0." + "0".repeat(1_000_000) + "e" + "9".repeat(1_000_000)))
                .hasValue(0);
        assertThat(JsonNumber.toLong("5." + "0".repeat(1_000_000))).hasValue(5);
        assertThat(JsonNumber.toLong("5" + "0".repeat(1_000_000) + "e-1000000")).hasValue(5);
        assertThat(JsonNumber.toLong("1".repeat(1_000_000))).isEmpty();
    }

    private static String number(Random random) {
        var text = new StringBuilder(random.nextBoolean() ? "-" : "");
        switch (random.nextInt(3)) {
            case 0 -> text.append(random.nextInt(1000));
            case 1 -> text.append("922337203685477580").append(random.nextInt(10));
            default -> text.append(random.nextLong(Long.MAX_VALUE));
        }
        if (random.nextInt(3) == 0) {
            text.append('.').append(random.nextBoolean() ? "000" : Integer.toString(random.nextInt(1000)));
        }
        if (random.nextInt(3) == 0) {
            text.append(random.nextBoolean() ? 'e' : 'E');
            text.append(random.nextBoolean() ? "" : random.nextBoolean() ? "+" : "-")
                    .append(random.nextInt(22));
        }
        return text.toString();
    }

    private static OptionalLong exact(String text) {
        try {
            return OptionalLong.of(new BigDecimal(text).longValueExact());
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
    }
}
