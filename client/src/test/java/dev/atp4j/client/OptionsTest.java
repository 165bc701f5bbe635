// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.syntax.SyntaxException;
import dev.atp4j.xrpc.XrpcRequest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private static final String LABELER = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";
    private static final String APP_VIEW = "did:web:api.bsky.app#bsky_appview";
    private static final String PROXY = "atproto-proxy";
    private static final String LABELERS = "atproto-accept-labelers";

    private final Script script = new Script();
    private final AtpClient client = script.client()
            .options(o -> o.header("x-one", "1").labelers(LABELER + ";redact").proxy(APP_VIEW))
            .build();

    private Optional<String> sent(AtpClient by, String header) {
        script.json("{\"text\":\"x\"}");
        by.call(Methods.SET_MOOD, i -> i.text("x"));
        return script.last().headers().first(header);
    }

    @Test
    void whatACallDoesNotMentionIsInherited() {
        AtpClient other = client.with(o -> o.header("x-two", "2"));
        assertThat(sent(other, "x-one")).contains("1");
        assertThat(sent(other, "x-two")).contains("2");
        assertThat(sent(other, PROXY)).contains(APP_VIEW);
        assertThat(sent(other, LABELERS)).contains(LABELER + ";redact");
        assertThat(sent(client, "x-two")).isEmpty();
    }

    @Test
    void whatACallMentionsIsReplaced() {
        AtpClient other = client.with(
                o -> o.header("X-One", "3").proxy("did:web:a.test#b").labelers("did:web:l.test"));
        assertThat(sent(other, "x-one")).contains("3");
        assertThat(sent(other, PROXY)).contains("did:web:a.test#b");
        assertThat(sent(other, LABELERS)).contains("did:web:l.test");
    }

    @Test
    void whatACallDoesNotWantIsRemoved() {
        AtpClient other =
                client.with(o -> o.withoutHeader("X-ONE").withoutProxy().withoutLabelers());
        assertThat(sent(other, "x-one")).isEmpty();
        assertThat(sent(other, PROXY)).isEmpty();
        assertThat(sent(other, LABELERS)).isEmpty();
    }

    @Test
    void optionsOfACallComeOnTopOfTheClients() {
        script.json("{\"text\":\"x\"}");
        client.call(
                Methods.SET_MOOD,
                Mood.of("x"),
                CallOptions.builder().withoutProxy().header("x-one", "9").build(),
                CallOptions.builder().header("x-two", "2").build());
        assertThat(script.last().headers().first(PROXY)).isEmpty();
        assertThat(script.last().headers().first("x-one")).contains("9");
        assertThat(script.last().headers().first("x-two")).contains("2");
        assertThat(script.last().headers().first(LABELERS)).isPresent();
    }

    private Optional<String> chatProxy(AtpClient by) {
        script.json("{\"text\":\"x\"}");
        by.call(Methods.CHAT, i -> i.text("x"));
        return script.last().headers().first(PROXY);
    }

    @Test
    void chatsGoToTheirServiceUnlessToldOtherwise() {
        AtpClient plain = script.client().build();
        assertThat(chatProxy(plain)).contains("did:web:api.bsky.chat#bsky_chat");
        assertThat(chatProxy(plain.with(o -> o.withoutProxy()))).isEmpty();
        assertThat(chatProxy(plain.with(o -> o.proxy(APP_VIEW)))).contains(APP_VIEW);
        assertThat(chatProxy(script.client().noProxyFor("chat.bsky").build())).isEmpty();
        assertThat(sent(plain, PROXY)).isEmpty();
    }

    @Test
    void everyNamespaceCanHaveItsService() {
        AtpClient routed = script.client()
                .proxyFor("com", "did:web:com.test#x")
                .proxyFor("com.acme", "did:web:acme.test#x")
                .proxyFor("com.ac", "did:web:ac.test#x")
                .build();
        assertThat(sent(routed, PROXY)).contains("did:web:acme.test#x");
        AtpClient half = script.client().proxyFor("com.ac", "did:web:ac.test#x").build();
        assertThat(sent(half, PROXY)).isEmpty();
        assertThatThrownBy(() -> script.client().proxyFor("com", "acme.test")).isInstanceOf(SyntaxException.class);
    }

    @Test
    void whatARequestSaysItselfComesFirst() {
        script.json("{}");
        client.send(XrpcRequest.query("com.acme.x")
                .proxy("did:web:a.test#b")
                .header("x-one", "5")
                .build());
        assertThat(script.last().headers().first(PROXY)).contains("did:web:a.test#b");
        assertThat(script.last().headers().all("x-one")).containsExactly("5");
    }

    @Test
    void wrongOptionsAreRefusedAtOnce() {
        CallOptions.Builder options = CallOptions.builder();
        assertThatThrownBy(() -> options.proxy("did:web:a.test")).isInstanceOf(SyntaxException.class);
        assertThatThrownBy(() -> options.labelers("me")).isInstanceOf(SyntaxException.class);
        assertThatThrownBy(() -> options.labelers()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.header("content-type", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.maxResponseBytes(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void optionsShowNoValues() {
        assertThat(CallOptions.builder().header("x-key", "hush").build().toString())
                .contains("x-key")
                .doesNotContain("hush");
    }
}
