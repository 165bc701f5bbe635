// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lexicons that break the rules, or keep them in odd ways. */
class WildTest {

    @TempDir
    Path folder;

    private Generator.Builder generator() {
        return Samples.generator(folder)
                .folder(Samples.WILD)
                .facade("com.acme", "com.acme", "sh")
                .ignoreInvalid(true);
    }

    @Test
    void whatComesOfThemCompilesWithoutAWordFromTheCompiler() {
        generator().builders(Generator.Builders.ALL).build().run();

        assertThat(Compiled.of(folder.resolve("src"), folder.resolve("classes")).complaints())
                .isEmpty();
    }

    @Test
    void whatBecameOfEachOddityIsTold() {
        List<String> notices = generator().build().run().notices().stream()
                .map(Report.Notice::toString)
                .toList();

        assertThat(notices)
                .contains(
                        "sh.example.repo#main: has a property $type, which every object may have; it is left out",
                        "sh.example.repo.issue#main: does not say what its keys are; any are taken for possible",
                        "sh.example.repo.issue#main/dangling: refers to no.such.lexicon, which is not there;"
                                + " it is met as a value of any kind",
                        "sh.example.repo.issue#main/listOfLists: is a list of lists; it is met as a value of any kind",
                        "sh.example.repo.issue#main/nest/deep/u: has the variant no.such.x, which is not there;"
                                + " it is met as an unknown one",
                        "sh.example.repo.issue#main/nest/deep/u: has the variant sh.example.repo.issue#tok,"
                                + " which is no object; it is met as an unknown one",
                        "com.acme.InvokeWebhook#main/input: is JSON and no object; it is given as bytes",
                        "com.acme.InvokeWebhook#main/output: is JSON and no object; it is met as bytes",
                        "com.acme.defs#tokens/meth: refers to com.acme.getText, which is no type of data;"
                                + " it is met as a value of any kind");
    }

    @Test
    void invalidOnesFailTheRunUnlessToldOtherwiseAndAllAreNamed() {
        Generator strict = generator().ignoreInvalid(false).build();

        assertThatThrownBy(strict::run)
                .isInstanceOf(GeneratorException.class)
                .hasMessageContaining("com.acme.defs.json $.defs.un:")
                .hasMessageContaining("sh.example.repo.issue.json $.defs.main:");
        assertThat(Samples.files(folder.resolve("src"))).isEmpty();
    }

    @Test
    void aFieldThatWouldHideAClassLeavesTheClassAnotherName() {
        generator().build().run();

        assertThat(Samples.files(folder.resolve("src")).get("com/acme/sh.java"))
                .contains("RecordType<Repo> repo = Repo.TYPE")
                .contains("class repo_ {");
        assertThat(Samples.files(folder.resolve("src")).get("com/acme/acme.java"))
                .contains("InvokeWebhook invokeWebhook = InvokeWebhook.UPLOAD")
                .contains("class acme_ {");
    }
}
