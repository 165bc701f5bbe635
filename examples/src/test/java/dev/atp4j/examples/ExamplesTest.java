// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.pds.Account;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.VirtualTime;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {

    private static final String CREATE = "com.atproto.server.createSession";
    private static final String REFRESH = "com.atproto.server.refreshSession";
    private static final String POST = "com.atproto.repo.createRecord";
    private static final String UPLOAD = "com.atproto.repo.uploadBlob";

    @TempDir
    Path folder;

    private EmbeddedPds pds;
    private Account alice;
    private Path home;

    @BeforeEach
    void open() {
        pds = EmbeddedPds.builder().time(VirtualTime.running()).start();
        alice = pds.createAccount(Program.HANDLE, Program.PASSWORD);
        home = folder.resolve("home");
    }

    @AfterEach
    void close() {
        pds.close();
    }

    @Test
    void quickStartPostsAndLeavesNoSessionOpen() throws Exception {
        String output =
                Program.start(QuickStart.class, pds, home, "Good morning").output();
        assertThat(output)
                .contains(
                        "posted at://" + alice.did() + "/app.bsky.feed.post/",
                        Program.HANDLE + ": This is " + Program.HANDLE + ". Good morning");
        assertThat(pds.accounts().refreshTokens(alice.did())).isEmpty();
    }

    @Test
    void typedCallsWriteReadChangeAndDeleteAPost() throws Exception {
        String output = Program.start(TypedCalls.class, pds, home).output();
        assertThat(output)
                .contains(
                        "I am " + Program.HANDLE,
                        "Hello from Java #java",
                        Program.HANDLE + ": Hello from Java",
                        "deleted");
        assertThat(pds.accounts().refreshTokens(alice.did())).isEmpty();
    }

    @Test
    void aPostHasItsPictureAndWhatItMentions() throws Exception {
        Path picture = folder.resolve("picture");
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        String output = Program.start(PostWithImage.class, pds, home, picture.toString())
                .output();
        assertThat(output).contains("posted at://" + alice.did() + "/app.bsky.feed.post/");
        assertThat(pds.journal().count(UPLOAD)).isEqualTo(1);
    }

    @Test
    void aLongTextIsPostedAsAThread() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "A sentence about #cats. ".repeat(30));
        String output =
                Program.start(ThreadOfPosts.class, pds, home, text.toString()).output();
        assertThat(output.lines().filter(line -> line.startsWith("posted "))).hasSize(3);
    }

    @Test
    void wordsAreMutedAndStayMuted() throws Exception {
        Program.start(ChangePreferences.class, pds, home, "spoiler").output();
        assertThat(Program.start(ChangePreferences.class, pds, home, "finale", "Spoiler")
                        .output())
                .isEqualTo("muted: finale\nmuted: Spoiler");
    }

    @Test
    void survivingRestartsLogsInOnce() throws Exception {
        for (int run = 0; run < 3; run++) {
            assertThat(Program.start(SurvivingRestarts.class, pds, home).output())
                    .contains("I am alice.test");
            pds.time().advance(Duration.ofDays(7));
        }
        assertThat(pds.journal().count(CREATE)).isEqualTo(1);
        assertThat(pds.journal().count(REFRESH)).isEqualTo(2);
    }

    @Test
    void manyProcessesRefreshOnce() throws Exception {
        Program.start(ManyProcesses.class, pds, home, "one").output();
        pds.time().advance(Duration.ofHours(3));
        Program two = Program.start(ManyProcesses.class, pds, home, "two");
        Program three = Program.start(ManyProcesses.class, pds, home, "three");
        assertThat(two.output()).contains("two is done");
        assertThat(three.output()).contains("three is done");
        assertThat(pds.journal().count(CREATE)).isEqualTo(1);
        assertThat(pds.journal().count(REFRESH)).isEqualTo(1);
        assertThat(pds.journal().entries(POST)).hasSize(9).allMatch(call -> call.status() == 200);
    }

    @Test
    void aBotOfTwoProcessesGoesOnWhenOneIsKilled() throws Exception {
        Program left = Program.start(TwoProcessBot.class, pds, home, "left");
        assertThat(left.line()).startsWith("left posted at://");
        Program right = Program.start(TwoProcessBot.class, pds, home, "right", "3");
        assertThat(right.line()).startsWith("right posted at://");
        pds.time().advance(Duration.ofHours(3));
        left.kill();
        assertThat(right.output()).contains("right posted at://");
        assertThat(pds.journal().count(CREATE)).isEqualTo(1);
        assertThat(pds.journal().entries(POST))
                .filteredOn(call -> call.status() == 200)
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void aFleetOfTwoWorkersGoesOnWhenOneIsKilled() throws Exception {
        Program one = Program.start(FleetWorker.class, pds, home);
        assertThat(one.line()).startsWith(alice.did() + "#default is ACTIVE");
        Program two = Program.start(FleetWorker.class, pds, home, "1");
        one.kill();
        assertThat(two.output()).contains("is ACTIVE").contains("0 failed");
        assertThat(pds.journal().count(CREATE)).isEqualTo(1);
    }

    @Test
    void callsThatStreamSendTheFileAgainIfTheTokenRunsOut() throws Exception {
        Path file = folder.resolve("picture.png");
        var bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        Files.write(file, bytes);
        Path copy = folder.resolve("copy.png");
        pds.faults().add(Fault.on(UPLOAD).error(400, "ExpiredToken", "Token has expired"));
        String output = Program.start(CallsThatStream.class, pds, home, file.toString(), "image/png", copy.toString())
                .output();
        assertThat(output).contains("downloaded 3000000 bytes");
        assertThat(copy).hasBinaryContent(bytes);
        assertThat(pds.journal().count(UPLOAD)).isEqualTo(2);
        assertThat(pds.journal().count(REFRESH)).isEqualTo(1);
    }
}
