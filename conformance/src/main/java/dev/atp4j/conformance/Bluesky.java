// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.api.app.bsky.actor.MutedWord;
import dev.atp4j.api.app.bsky.actor.MutedWordsPref;
import dev.atp4j.api.app.bsky.embed.EmbedImages;
import dev.atp4j.api.app.bsky.feed.Post;
import dev.atp4j.bluesky.AccountPreferences;
import dev.atp4j.bluesky.RichText;
import dev.atp4j.bluesky.app;
import dev.atp4j.client.AtpClient;
import dev.atp4j.client.BlobUpload;
import dev.atp4j.client.Blobs;
import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.identity.DidDocument.EndpointRule;
import dev.atp4j.identity.NetworkIdentityResolver;
import dev.atp4j.syntax.Datetime;
import dev.atp4j.syntax.Did;
import dev.atp4j.xrpc.Agent;
import dev.atp4j.xrpc.XrpcClient;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What our module for Bluesky does with a PDS. */
final class Bluesky {

    private Bluesky() {}

    static List<Scenario> scenarios() {
        return List.of(
                Scenario.of(
                        "bluesky/preferences",
                        "preferences are kept as they are sent, what is new in them too",
                        world -> {
                            Account account = world.createAccount();
                            LexMap start = json("""
                            {"preferences":[{"$type":"app.bsky.actor.defs#futurePref","deep":{"list":[1,"two"]}},
                            {"$type":"app.bsky.actor.defs#mutedWordsPref","items":[{"value":"old","targets":["content"],"new":1}]}]}""");
                            Wire wire = world.wire().as(account.born().access());
                            wire.post("app.bsky.actor.putPreferences", start).ok();

                            AccountPreferences preferences = AccountPreferences.of(client(world, account));
                            preferences.change(p -> p.muteWord("spoiler").adultContent(true));
                            preferences.change(p -> p.unmuteWord("spoiler"));

                            assertThat(preferences
                                            .read()
                                            .find(MutedWordsPref.TYPE)
                                            .orElseThrow()
                                            .items())
                                    .extracting(MutedWord::value)
                                    .containsExactly("old");
                            assertThat(wire.get("app.bsky.actor.getPreferences")
                                            .ok()
                                            .json()
                                            .toString())
                                    .contains("\"deep\":{\"list\":[1,\"two\"]}", "\"new\":1", "\"enabled\":true");
                            wire.post("app.bsky.actor.putPreferences", json("{\"preferences\":[{\"no\":\"type\"}]}"))
                                    .refused(400, "InvalidRequest");
                            wire.post(
                                            "app.bsky.actor.putPreferences",
                                            json("{\"preferences\":[{\"$type\":\"org.example.defs#pref\"}]}"))
                                    .refused(400, "InvalidRequest");
                        }),
                Scenario.of("bluesky/post", "a post has its facets and its picture, which anybody may fetch", world -> {
                    Account account = world.createAccount();
                    AtpClient client = client(world, account);
                    byte[] gif = "GIF89a and so on".getBytes(StandardCharsets.US_ASCII);
                    BlobRef blob = client.uploadBlob(BlobUpload.of(gif).withField(EmbedImages.Image.TYPE, "image"));
                    assertThat(blob.mimeType()).isEqualTo("image/gif");
                    RichText text = RichText.builder()
                            .text("\u00e9 ")
                            .mention("@me", Did.parse(account.did()))
                            .text(" ")
                            .tag("cats")
                            .build();

                    String rkey = client.create(
                                    app.bsky.feed.post,
                                    Post.builder()
                                            .text(text.text())
                                            .facets(text.facets())
                                            .embed(EmbedImages.builder()
                                                    .addImage(EmbedImages.Image.builder()
                                                            .image(blob)
                                                            .alt("a cat")
                                                            .build())
                                                    .build())
                                            .createdAt(Datetime.parse("2026-01-01T00:00:00Z"))
                                            .build())
                            .rkey();

                    Post post = client.get(app.bsky.feed.post, rkey).value();
                    assertThat(RichText.of(post.text(), post.facets())).isEqualTo(text);
                    var identities = NetworkIdentityResolver.builder(world.transport())
                            .directory(world.plc())
                            .endpointRule(EndpointRule.LOOPBACK_TOO)
                            .build();
                    assertThat(new Blobs(world.transport(), identities)
                                    .withEndpoints(EndpointRule.LOOPBACK_TOO)
                                    .bytes(Did.parse(account.did()), blob.cid()))
                            .isEqualTo(gif);
                }));
    }

    private static LexMap json(String text) {
        return LexJson.parseMapLenient(text.getBytes(StandardCharsets.UTF_8));
    }

    private static AtpClient client(World world, Account account) {
        var anonymous = new XrpcClient(world.transport(), world.service());
        return AtpClient.of(new Agent() {
            @Override
            public XrpcResponse send(XrpcRequest request) {
                return anonymous.send(request.toBuilder()
                        .header("authorization", "Bearer " + account.born().access())
                        .build());
            }

            @Override
            public Optional<Did> did() {
                return Optional.of(Did.parse(account.did()));
            }
        });
    }
}
