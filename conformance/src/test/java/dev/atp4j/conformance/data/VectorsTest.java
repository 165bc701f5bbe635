// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atp4j.conformance.data.Beside.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vectors here are our own, in the form of the protocol's. */
class VectorsTest {

    private static final Path OWN = Path.of("src/test/resources/vectors");

    @TempDir
    private Path folder;

    @Test
    void everyCaseOfEveryFileIsTried() throws IOException {
        List<Tally> tallies = new Vectors(OWN).run();

        assertThat(tallies).allSatisfy(tally -> assertThat(tally.differences()).isEmpty());
        assertThat(tallies)
                .extracting(tally -> tally.id() + " " + tally.cases())
                .containsExactly(
                        "syntax/atidentifier_syntax_valid.txt 2",
                        "syntax/datetime_parse_invalid.txt 1",
                        "syntax/did_syntax_invalid.txt 3",
                        "syntax/did_syntax_valid.txt 2",
                        "syntax/recordkey_syntax_invalid.txt 3",
                        "data-model/data-model-valid.json 2",
                        "data-model/data-model-invalid.json 3",
                        "data-model/data-model-fixtures.json 1",
                        "lexicon/lexicon-valid.json 1",
                        "lexicon/lexicon-invalid.json 2",
                        "lexicon/record-data-valid.json 2",
                        "lexicon/record-data-invalid.json 4");
    }

    /** Each file takes the place of its opposite, and then no case is as it should be. */
    @Test
    void everyCaseCanFail() throws IOException {
        for (String name :
                List.of("syntax/did_syntax", "data-model/data-model", "lexicon/lexicon", "lexicon/record-data")) {
            String end = name.startsWith("syntax") ? ".txt" : ".json";
            String sign = name.startsWith("syntax") ? "_" : "-";
            copy(name + sign + "valid" + end, name + sign + "invalid" + end);
            copy(name + sign + "invalid" + end, name + sign + "valid" + end);
        }
        copy("lexicon/catalog/note.json", "lexicon/catalog/note.json");

        assertThat(new Vectors(folder).run())
                .hasSize(8)
                .allSatisfy(tally -> assertThat(tally.differences()).hasSize(tally.cases()));
    }

    @Test
    void aFolderWithoutVectorsIsNamed() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> new Vectors(folder).run())
                .withMessageContaining(folder.toString());
    }

    private void copy(String from, String to) throws IOException {
        Files.createDirectories(folder.resolve(to).getParent());
        Files.copy(OWN.resolve(from), folder.resolve(to));
    }
}
