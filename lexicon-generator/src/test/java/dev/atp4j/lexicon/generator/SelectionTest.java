// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.lexicon.LexiconReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which lexicons become Java, and how much of it. */
class SelectionTest {

    private static final String POST =
            "{'lexicon':1,'id':'org.example.feed.post','defs':{'main':{'type':'record','key':'tid',"
                    + "'record':{'type':'object','properties':{'subject':{'type':'ref','ref':'com.example.ref'},"
                    + "'state':{'type':'ref','ref':'com.example.defs#state'},'all':{'type':'ref','ref':'com.example.defs#all'},"
                    + "'any':{'type':'union','refs':['com.example.ref','com.example.defs#thing']}}}}}}";
    private static final String REF =
            "{'lexicon':1,'id':'com.example.ref','defs':{'main':{'type':'object','properties':{}}}}";
    private static final String DEFS =
            "{'lexicon':1,'id':'com.example.defs','defs':{'state':{'type':'string','knownValues':['on']},"
                    + "'thing':{'type':'object','properties':{}},'all':{'type':'array','items':{'type':'union','refs':['#thing']}}}}";

    @TempDir
    Path folder;

    @BeforeEach
    void lexicons() {
        write("lexicons/post.json", POST);
        write("lexicons/ref.json", REF);
        write("lexicons/defs.json", DEFS);
    }

    private void write(String name, String json) {
        Samples.write(folder.resolve(name), json.replace('\'', '"'));
    }

    private Generator.Builder generator() {
        return Samples.generator(folder).folder(folder.resolve("lexicons"));
    }

    private Set<String> written() {
        return Samples.files(folder.resolve("src")).keySet();
    }

    @Test
    void whatIsReferredToComesWithWhatIsIncluded() {
        generator().include("org.example.*").build().run();

        assertThat(written())
                .contains("com/example/lex/com/example/Ref.java", "com/example/lex/com/example/Thing.java");
    }

    @Test
    void whatIsNotReferredToDoesNot() {
        generator().include("com.example.ref").build().run();

        assertThat(written())
                .containsExactlyInAnyOrder(
                        "com/example/lex/com/example/Ref.java", "com/example/lex/com/example/package-info.java");
    }

    @Test
    void whatIsExcludedBecomesAValueOfAnyKindWhereItIsReferredTo() {
        Report report = generator().exclude("com.example.ref").build().run();

        assertThat(written()).doesNotContain("com/example/lex/com/example/Ref.java");
        assertThat(Samples.files(folder.resolve("src")).get("com/example/lex/org/example/feed/Post.java"))
                .contains("public @Nullable LexValue subject()");
        assertThat(report.notices()).extracting(Report.Notice::place).contains("org.example.feed.post#main/subject");
    }

    @Test
    void whatAnotherJarHasIsReferredToAndNotMadeAgain() {
        Path other = folder.resolve("other");
        Samples.generator(other)
                .basePackage("org.other.api")
                .folder(folder.resolve("lexicons"))
                .include("com.example.*")
                .build()
                .run();
        assertThat(Compiled.of(other.resolve("src"), other.resolve("res")).complaints())
                .isEmpty();

        generator()
                .classPath(List.of(other.resolve("res"), folder.resolve("none.jar")))
                .build()
                .run();

        assertThat(written())
                .containsExactlyInAnyOrder(
                        "com/example/lex/org/example/feed/Post.java",
                        "com/example/lex/org/example/feed/package-info.java");
        assertThat(Samples.files(folder.resolve("src")).get("com/example/lex/org/example/feed/Post.java"))
                .contains("import org.other.api.com.example.Ref;", "List<All.Item> all()", "{@link State}");
        assertThat(Compiled.of(folder.resolve("src"), folder.resolve("classes"), other.resolve("res"))
                        .complaints())
                .isEmpty();
    }

    @Test
    void anIndexThatPromisesTooMuchIsRefused() {
        write(
                "res/META-INF/lexicons/index.json",
                "{'version':1,'lexicons':{'com.example.ref':{'file':'gone.json','package':'x','classes':{'main':'Ref'}}}}");
        Generator generator =
                generator().classPath(List.of(folder.resolve("res"))).build();

        assertThatThrownBy(generator::run)
                .isInstanceOf(GeneratorException.class)
                .hasMessageContaining("lists com.example.ref, and there is no META-INF/lexicons/gone.json");
    }

    @Test
    void documentsThatWereReadBeforeDoAsWell() {
        Samples.generator(folder)
                .lexicons(List.of(LexiconReader.parse(REF.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "ref")))
                .build()
                .run();

        assertThat(written()).contains("com/example/lex/com/example/Ref.java");
    }

    @Test
    void buildersAreThereForWhatIsSentAndForAllIfWanted() {
        write(
                "lexicons/get.json",
                "{'lexicon':1,'id':'com.example.get','defs':{'main':{'type':'query','parameters':{'type':'params','properties':{'q':{'type':'string'}}},"
                        + "'output':{'encoding':'application/json','schema':{'type':'object','properties':{"
                        + "'view':{'type':'ref','ref':'#view'},'ref':{'type':'ref','ref':'com.example.ref'}}}}},"
                        + "'view':{'type':'object','properties':{}},'other':{'type':'object','properties':{}}}}");
        generator().build().run();
        String get = Samples.files(folder.resolve("src")).get("com/example/lex/com/example/Get.java");
        assertThat(get)
                .contains("Builder<Params, Builder>", "Builder<Other, Builder>")
                .doesNotContain("Builder<View, Builder>", "Builder<Output, Builder>");
        assertThat(Samples.files(folder.resolve("src")).get("com/example/lex/com/example/Ref.java"))
                .contains("Builder<Ref, Builder>");

        generator().builders(Generator.Builders.ALL).build().run();
        assertThat(Samples.files(folder.resolve("src")).get("com/example/lex/com/example/Get.java"))
                .contains("Builder<View, Builder>", "Builder<Output, Builder>");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() ->
                        generator().folder(folder.resolve("nowhere")).build().run())
                .hasMessage(folder.resolve("nowhere") + " is no folder to take lexicons from");
    }

    @Test
    void twoFilesOfOneLexiconAreRefused() {
        write("lexicons/again.json", REF);

        assertThatThrownBy(() -> generator().build().run())
                .hasMessage(folder.resolve("lexicons/ref.json") + " and " + folder.resolve("lexicons/again.json")
                        + " are both com.example.ref; remove one of them");
    }

    @Test
    void withoutAFolderForSourcesThereIsNoGenerator() {
        assertThatThrownBy(() -> Generator.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a generator needs a folder for sources: call output");
    }
}
