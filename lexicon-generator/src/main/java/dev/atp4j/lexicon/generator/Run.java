// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import java.util.List;

/** One run of a generator. */
final class Run {

    private final Generator generator;

    Run(Generator generator) {
        this.generator = generator;
    }

    Report run() {
        throw new GeneratorException(List.of(generator.sources + " stays as it is: nothing is generated yet"));
    }
}
