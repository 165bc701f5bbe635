// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.api.app.bsky.actor.AdultContentPref;
import dev.atp4j.api.app.bsky.actor.ContentLabelPref;
import dev.atp4j.api.app.bsky.actor.MutedWord;
import dev.atp4j.api.app.bsky.actor.MutedWordsPref;
import dev.atp4j.api.app.bsky.actor.ThreadViewPref;
import dev.atp4j.client.AtpClient;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Did;
import dev.atp4j.xrpc.Agent;
import dev.atp4j.xrpc.XrpcClient;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountPreferencesTest {

    private static final String STRANGE = """
            {"$type":"org.example.defs#strangePref","deep":{"list":[1,null,{"$bytes":"AQ"}]}}""";
    private static final String WORDS = """
            {"$type":"app.bsky.actor.defs#mutedWordsPref","later":true,"items":[{"value":"Old","targets":["content"],"new":1},7]}""";
    private static final String START = "[" + STRANGE + "," + WORDS + ",null,\"text\",{\"untyped\":1}]";

    private final FakePreferences server = new FakePreferences(START);
    private final HttpTransport transport = HttpTransport.create();
    private final AccountPreferences preferences = AccountPreferences.of(client());

    @AfterEach
    void close() {
        transport.close();
        server.close();
    }

    @Test
    void readsWhatIsThere() {
        PreferenceList list = preferences.read();

        assertThat(list.find(MutedWordsPref.TYPE).orElseThrow().items())
                .extracting(MutedWord::value)
                .containsExactly("Old");
        assertThat(list.find(AdultContentPref.TYPE)).isEmpty();
        assertThat(list.raw()).isEqualTo(FakePreferences.list(START));
    }

    @Test
    void whatIsNotChangedStaysAsItIs() {
        PreferenceList after = preferences.change(p -> p.adultContent(true));

        assertThat(server.list())
                .isEqualTo(FakePreferences.list(START.substring(0, START.length() - 1)
                        + ",{\"$type\":\"app.bsky.actor.defs#adultContentPref\",\"enabled\":true}]"));
        assertThat(after.raw()).isEqualTo(server.list());
        assertThat(after.find(AdultContentPref.TYPE).orElseThrow().enabled()).isTrue();
    }

    @Test
    void aListWithinAnEntryKeepsWhatNoClassFits() {
        preferences.change(p -> p.muteWord("new"));

        assertThat(server.list())
                .hasToString(START.replace("},7]", "},7,{\"value\":\"new\",\"targets\":[\"content\",\"tag\"]}]"));

        preferences.change(p -> p.unmuteWord("OLD").unmuteWord("new"));

        assertThat(server.list())
                .isEqualTo(FakePreferences.list(
                        START.replace("{\"value\":\"Old\",\"targets\":[\"content\"],\"new\":1},7", "7")));
    }

    @Test
    void aChangeThatMakesNoDifferenceIsNotWritten() {
        preferences.change(p -> p.unmuteWord("never muted").removeLabeler(Did.parse("did:plc:x")));

        assertThat(server.writes()).isZero();
    }

    @Test
    void entriesAreReplacedInTheirPlace() {
        preferences.change(p -> p.contentLabel("nudity", "warn", null)
                .contentLabel("nudity", "hide", Did.parse("did:plc:labeler"))
                .adultContent(true));
        preferences.change(p -> p.contentLabel("nudity", "ignore", null).adultContent(false));

        PreferenceList list = preferences.read();
        assertThat(list.all(ContentLabelPref.TYPE))
                .extracting(pref -> pref.labelerDidText() + " " + pref.visibility())
                .containsExactly("null ignore", "did:plc:labeler hide");
        assertThat(list.all(AdultContentPref.TYPE))
                .extracting(AdultContentPref::enabled)
                .containsExactly(false);
    }

    @Test
    void theLastOfSeveralEntriesCountsAndTheOthersGoWithAChange() {
        server.set("[{\"$type\":\"app.bsky.actor.defs#adultContentPref\",\"enabled\":false},"
                + "{\"$type\":\"app.bsky.actor.defs#adultContentPref\",\"enabled\":true,\"more\":1}]");
        assertThat(preferences.read().find(AdultContentPref.TYPE).orElseThrow().enabled())
                .isTrue();

        preferences.change(p -> p.adultContent(false));

        assertThat(server.list())
                .hasToString("[{\"$type\":\"app.bsky.actor.defs#adultContentPref\",\"enabled\":false,\"more\":1}]");
    }

    @Test
    void anyEntryCanBeSetAndRemoved() {
        preferences.change(p -> p.set(ThreadViewPref.builder().sort("newest").build()));
        assertThat(preferences.read().find(ThreadViewPref.TYPE).orElseThrow().sort())
                .isEqualTo("newest");

        preferences.change(p -> p.remove(ThreadViewPref.TYPE, any -> true));
        assertThat(server.list()).isEqualTo(FakePreferences.list(START));
    }

    @Test
    void theCommonOnesHaveWords() {
        var post = AtUri.parse("at://did:plc:alice/app.bsky.feed.post/3jwdwj2ctlk26");
        var labeler = Did.parse("did:plc:labeler");

        preferences.change(p -> p.hidePost(post)
                .hidePost(post)
                .addLabeler(labeler)
                .addLabeler(labeler)
                .interests(List.of("cats")));
        assertThat(server.list().toString())
                .contains("\"items\":[\"" + post + "\"]")
                .contains("\"labelers\":[{\"did\":\"did:plc:labeler\"}]")
                .contains("\"tags\":[\"cats\"]");

        preferences.change(p -> p.unhidePost(post).removeLabeler(labeler));
        assertThat(server.list().toString()).contains("\"items\":[]").contains("\"labelers\":[]");
    }

    @Test
    void aChangeThatAnotherProgramUndoesIsMadeAgain() {
        server.afterWrite(() -> server.set("[" + STRANGE + ",{\"$type\":\"org.example.defs#theirs\"}]"));

        preferences.change(p -> p.adultContent(true));

        assertThat(server.writes()).isEqualTo(2);
        assertThat(server.list().toString())
                .contains("#theirs")
                .contains("#adultContentPref")
                .contains("#strangePref");
    }

    @Test
    void whatTheServerFillsInIsNoConflict() {
        server.afterEachWrite(() -> server.set(server.list()
                .toString()
                .replace("\"value\":\"spoiler\"", "\"value\":\"spoiler\",\"actorTarget\":\"all\"")));

        preferences.change(p -> p.muteWord("spoiler"));

        assertThat(server.writes()).isEqualTo(1);
    }

    @Test
    void whoeverUndoesItEachTimeWinsInTheEnd() {
        server.afterEachWrite(() -> server.set(START));

        assertThatThrownBy(() -> preferences.change(p -> p.adultContent(true)))
                .isInstanceOfSatisfying(
                        PreferencesConflictException.class,
                        e -> assertThat(e.retryable()).isTrue());
        assertThat(server.writes()).isEqualTo(4);
    }

    @Test
    void changesOfOneAccountWaitForEachOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            var start = new CountDownLatch(1);
            List<Future<?>> changes = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String word = "word" + i;
                AccountPreferences own = AccountPreferences.of(client());
                changes.add(threads.submit(() -> {
                    start.await();
                    return own.change(p -> p.muteWord(word));
                }));
            }
            start.countDown();
            for (Future<?> change : changes) {
                change.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(preferences.read().find(MutedWordsPref.TYPE).orElseThrow().items())
                .hasSize(41);
        assertThat(server.writes()).as("nothing had to be made again").isEqualTo(40);
    }

    @Test
    void aChangeCannotCallForAnother() {
        assertThatThrownBy(() -> preferences.change(p -> preferences.change(q -> q.adultContent(true))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(preferences.change(p -> p.adultContent(true)))
                .as("the lock is free again")
                .isNotNull();
    }

    @Test
    void anAnswerWithoutAListIsNotAnEmptyOne() {
        server.answer("{}");

        assertThatThrownBy(() -> preferences.change(p -> p.adultContent(true))).isInstanceOf(XrpcDecodeException.class);
        assertThat(server.writes()).isZero();
    }

    @Test
    void nobodyHasNoPreferences() {
        AtpClient nobody = AtpClient.of(new XrpcClient(transport, server.origin()));

        assertThatThrownBy(() -> AccountPreferences.of(nobody)).isInstanceOf(IllegalStateException.class);
    }

    private AtpClient client() {
        var anonymous = new XrpcClient(transport, server.origin());
        return AtpClient.of(new Agent() {
            @Override
            public XrpcResponse send(XrpcRequest request) {
                return anonymous.send(request);
            }

            @Override
            public Optional<Did> did() {
                return Optional.of(Did.parse("did:plc:alice"));
            }
        });
    }
}
