// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import static dev.atp4j.lexicon.source.Publisher.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.DagCbor;
import dev.atp4j.data.LexString;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.pds.Fault;
import dev.atp4j.xrpc.XrpcResponseException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LexiconNetworkTest {

    private final Publisher publisher = new Publisher("feed.example.com");
    private final LexiconNetwork network = publisher.network();

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void followsANameToItsRecord() {
        publisher.publish("com.example.feed.post");

        var found = network.find(id("com.example.feed.post"));

        assertThat(publisher.asked).containsExactly("_lexicon.feed.example.com");
        assertThat(found.uri())
                .hasToString("at://" + publisher.account.did() + "/com.atproto.lexicon.schema/com.example.feed.post");
        assertThat(found.cid()).isEqualTo(DagCbor.cid(found.document()));
        assertThat(found.document().getString("id")).contains("com.example.feed.post");
    }

    @Test
    void asksDnsOnceForADomain() {
        publisher.publish("com.example.feed.post");
        publisher.publish("com.example.feed.like");

        network.find(id("com.example.feed.post"));
        network.find(id("com.example.feed.like"));

        assertThat(publisher.asked).hasSize(1);
    }

    @Test
    void aDomainOfItsOwnIsAskedForEachNamespace() {
        assertThatThrownBy(() -> network.find(id("com.example.graph.follow")))
                .isInstanceOfSatisfying(
                        IdentityException.class, e -> assertThat(e.kind()).isEqualTo(IdentityException.Kind.NOT_FOUND))
                .hasMessage("nobody publishes com.example.graph.follow: the name _lexicon.graph.example.com has no TXT"
                        + " record did=DID");
    }

    @Test
    void twoRepositoriesAreOneTooMany() {
        publisher.dns.put(
                "_lexicon.feed.example.com", List.of("did=did:plc:a234567a234567a234567a23", "did=did:web:b.example"));

        assertThatThrownBy(() -> network.find(id("com.example.feed.post")))
                .isInstanceOf(IdentityException.class)
                .hasMessage("the name _lexicon.feed.example.com has TXT records with 2 different DIDs");
    }

    @Test
    void noAnswerOfDnsIsPassingTrouble() {
        publisher.dnsIsDown = true;

        assertThatThrownBy(() -> network.find(id("com.example.feed.post")))
                .isInstanceOfSatisfying(
                        IdentityException.class, e -> assertThat(e.retryable()).isTrue());
    }

    @Test
    void aRecordThatIsNotThereIsTheServersWord() {
        assertThatThrownBy(() -> network.find(id("com.example.feed.gone")))
                .isInstanceOf(XrpcResponseException.class)
                .hasMessageContaining("RecordNotFound");
    }

    @Test
    void aRecordOfAnotherNameIsRefused() {
        publisher.put("com.example.feed.post", Publisher.document("com.example.feed.other", ""));

        assertThatThrownBy(() -> network.find(id("com.example.feed.post")))
                .isInstanceOf(SourceException.class)
                .hasMessageEndingWith("cannot be used: it is no lexicon of that name but of com.example.feed.other");
    }

    @Test
    void contentThatIsNotThatOfItsCidIsRefused() {
        publisher.publish("com.example.feed.post");
        publisher
                .pds
                .faults()
                .add(Fault.on("com.atproto.repo.getRecord")
                        .withField(
                                "cid", new LexString("bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a")));

        assertThatThrownBy(() -> network.find(id("com.example.feed.post")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("its content is not that of bafyrei");
    }
}
