// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamesTest {

    private static final String EMPTY = "{'type':'object','properties':{}}";

    @TempDir
    Path folder;

    private Path names;

    @BeforeEach
    void file() {
        names = folder.resolve("names.txt");
    }

    private void lexicon(String nsid, String defs) {
        Samples.write(
                folder.resolve("lexicons/" + nsid + ".json"),
                ("{'lexicon':1,'id':'" + nsid + "','defs':{" + defs + "}}").replace('\'', '"'));
    }

    private Report run() {
        return Samples.generator(folder)
                .folder(folder.resolve("lexicons"))
                .names(names)
                .facade("com.example", "com")
                .build()
                .run();
    }

    private Set<String> written() {
        return Samples.files(folder.resolve("src")).keySet();
    }

    @Test
    void whatIsNamedIsWrittenDownOnce() throws IOException {
        lexicon(
                "com.example.card",
                "'main':{'type':'object','properties':{'art':{'type':'union','refs':['#ink']}}},'ink':" + EMPTY);

        assertThat(run().named())
                .containsExactlyInAnyOrder(
                        "com.example.card#main = Card",
                        "com.example.card#ink = Card.Ink",
                        "com.example.card#main/art = Card.Art",
                        "com.example.card#main/art com.example.card#ink = Ink");
        String first = Files.readString(names);
        Samples.write(
                folder.resolve("lexicons/other.json"),
                "{\"lexicon\":1,\"id\":\"com.example.other\",\"defs\":{\"main\":{\"type\":\"object\",\"properties\":{}}}}");
        assertThat(run().named()).containsExactly("com.example.other#main = Other");
        assertThat(Files.readString(names))
                .startsWith(first.substring(0, first.indexOf("com.")))
                .contains(first.substring(first.indexOf("com.")));
    }

    @Test
    void aUnionKeepsItsNameThoughADefinitionComesThatWantsIt() {
        lexicon(
                "com.example.card",
                "'main':{'type':'object','properties':{'art':{'type':'union','refs':['#ink']}}},'ink':" + EMPTY);
        run();
        lexicon(
                "com.example.card",
                "'art':" + EMPTY
                        + ",'main':{'type':'object','properties':{'art':{'type':'union','refs':['#ink']}}},'ink':"
                        + EMPTY);

        assertThatThrownBy(this::run)
                .isInstanceOf(GeneratorException.class)
                .hasMessage("com.example.card#art and com.example.card#main/art both want the class"
                        + " com.example.lex.com.example.Card.Art; give one of them another name by a line in " + names
                        + ": 'com.example.card#art = Card.Art2'");
    }

    @Test
    void withoutAnEarlierNameAUnionGivesWayToADefinition() {
        lexicon(
                "com.example.card",
                "'main':{'type':'object','properties':{'art':{'type':'union','refs':['#ink']}}},'ink':" + EMPTY
                        + ",'art':" + EMPTY);

        assertThat(run().named())
                .contains("com.example.card#art = Card.Art", "com.example.card#main/art = Card.ArtUnion");
    }

    @Test
    void twoDefinitionsThatWantOneNameAreBothNamedAndNothingIsWritten() {
        lexicon("com.example.card", "'main':" + EMPTY);
        lexicon("com.example.defs", "'card':" + EMPTY);

        assertThatThrownBy(this::run)
                .isInstanceOf(GeneratorException.class)
                .hasMessage("com.example.defs#card and com.example.card#main both want the class"
                        + " com.example.lex.com.example.Card; give one of them another name by a line in " + names
                        + ": 'com.example.defs#card = Card2'");
        assertThat(written()).isEmpty();
        assertThat(names).doesNotExist();
    }

    @Test
    void aLineDecidesWhoGetsWhichName() {
        lexicon("com.example.card", "'main':" + EMPTY);
        lexicon("com.example.defs", "'card':" + EMPTY);
        Samples.write(names, "# names\ncom.example.defs#card = SharedCard\n");

        run();

        assertThat(written())
                .contains("com/example/lex/com/example/Card.java", "com/example/lex/com/example/SharedCard.java");
    }

    @Test
    void namesThatDifferOnlyInCaseAreInEachOthersWay() {
        lexicon("com.example.fooBar", "'main':" + EMPTY);
        lexicon("com.example.foobar", "'main':" + EMPTY);

        assertThatThrownBy(this::run).hasMessageContaining("com.example.foobar#main and com.example.fooBar#main");
    }

    @Test
    void theNameOfADefinitionThatWentIsNotGivenToAnother() {
        lexicon("com.example.card", "'main':" + EMPTY);
        run();
        lexicon("com.example.card", "'other':" + EMPTY);
        lexicon("com.example.defs", "'card':" + EMPTY);

        assertThatThrownBy(this::run).hasMessageContaining("com.example.defs#card and com.example.card#main both want");
    }

    @Test
    void twoLinesOfOneNameAreRefused() {
        lexicon("com.example.card", "'main':" + EMPTY);
        Samples.write(names, "com.example.a#main = Card\ncom.example.card#main = Card\n");

        assertThatThrownBy(this::run).hasMessageContaining("com.example.a#main and com.example.card#main");
    }

    @Test
    void aLineThatNamesNothingIsRefused() {
        lexicon("com.example.card", "'main':" + EMPTY);
        Samples.write(names, "com.example.card#main = class\n");

        assertThatThrownBy(this::run).hasMessageContaining("com.example.card#main = class");
    }

    @Test
    void aVariantKeepsItsNameThoughAnotherOfThatNameComesBeforeIt() {
        lexicon("com.example.a.defs", "'ink':" + EMPTY);
        lexicon("com.example.b.defs", "'ink':" + EMPTY);
        lexicon(
                "com.example.card",
                "'main':{'type':'object','properties':{'art':{'type':'union','refs':['com.example.b.defs#ink']}}}");
        run();
        lexicon(
                "com.example.card",
                "'main':{'type':'object','properties':{'art':{'type':'union','refs':['com.example.a.defs#ink','com.example.b.defs#ink']}}}");

        assertThat(run().named()).containsExactly("com.example.card#main/art com.example.a.defs#ink = AInk");
    }

    @Test
    void inAFacadeTheNameThatWasThereFirstStays() {
        lexicon("com.example.repo.issue", "'main':{'type':'query'}");
        run();
        lexicon("com.example.repo", "'main':{'type':'query'}");
        run();

        assertThat(Samples.files(folder.resolve("src")).get("com/example/com.java"))
                .contains("class repo {", "Repo repo_ = Repo.QUERY");
    }
}
