// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks the scenarios of the comparison and its page, without running a client. */
class ComparisonTest {

    private static final List<Scene> ALL = Compare.scenes(scene -> true).toList();

    @Test
    void everyScenarioHasANameAndASentenceOfItsOwn() {
        assertThat(ALL).extracting(Scene::id).doesNotHaveDuplicates().hasSizeGreaterThan(40);
        assertThat(ALL).extracting(Scene::sentence).doesNotHaveDuplicates();
    }

    @Test
    void everyPromiseIsTriedAndOursToo() {
        Set<Promise> tried = ALL.stream().map(Scene::promise).collect(Collectors.toSet());
        assertThat(EnumSet.allOf(Promise.class)).containsExactlyInAnyOrderElementsOf(tried);
        assertThat(Promise.values())
                .allMatch(promise -> promise.place(Client.OURS).isPresent());
    }

    @Test
    void whoeverHasNothingOfTheKindPromisesNothing() {
        for (Scene scene : ALL) {
            assertThat(scene.without())
                    .as(scene.id())
                    .noneMatch(client -> scene.promise().place(client).isPresent());
        }
    }

    @Test
    void aMarkTellsWhatWasPromisedFromWhatWasNot() {
        Scene scene = Scene.of("id", "sentence", Promise.SAYS_SO, stage -> Finding.HOLDS);
        assertThat(Mark.of(scene, Client.OURS, Finding.HOLDS)).isEqualTo(Mark.KEPT);
        assertThat(Mark.of(scene, Client.API, Finding.HOLDS)).isEqualTo(Mark.BEYOND);
        assertThat(Mark.of(scene, Client.OURS, Finding.not("seen"))).isEqualTo(Mark.BROKEN);
        assertThat(Mark.of(scene, Client.API, Finding.not("seen"))).isEqualTo(Mark.NOT_PROMISED);
        assertThat(Mark.of(scene, Client.API, null)).isEqualTo(Mark.NOTHING_OF_THE_KIND);
    }

    @Test
    void thePageTellsOfEveryScenarioAndNoOther() throws Exception {
        String page = Files.readString(Path.of("../docs/comparison.md"));
        Set<String> told = page.lines()
                .filter(line -> line.startsWith("| ") && line.split("\\|").length == Client.values().length + 4)
                .map(line -> line.split("\\|")[1].strip())
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
        assertThat(told).isEqualTo(ALL.stream().map(Scene::id).collect(Collectors.toSet()));
    }

    @Test
    void thePageShowsWhereTheReferencePdsGaveAnotherPicture() throws Exception {
        Scene scene = ALL.get(0);
        var embedded = new Table();
        var real = new Table();
        for (Client client : Client.values()) {
            embedded.put(scene, client, Finding.HOLDS);
            real.put(scene, client, client == Client.API ? Finding.not("hangs") : Finding.HOLDS);
        }
        var chapters = List.of(new Compare.Chapter("One", List.of(scene)));
        String page = new Page(Path.of(""), chapters, embedded, real).text();
        assertThat(page).contains("| " + scene.id() + " | ").contains("| api hangs |");
    }

    @Test
    void aProgramThatNeverAnswersIsToldFromOneThatHasEnded() throws Exception {
        try (var mute = Driver.start(new ProcessBuilder("sleep", "0"))) {
            assertThat(mute.await(mute.give("tell", dev.atp4j.data.LexMap.builder()))
                            .ending())
                    .isEqualTo(Reply.Ending.ENDED);
        }
        assertThat(Arrays.asList(Reply.SILENT.words(), Reply.ENDED.words()))
                .containsExactly("hangs", "the process ends");
    }
}
