// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.identity.DidDocument;
import dev.atp4j.identity.DidDocument.EndpointRule;
import dev.atp4j.syntax.Handle;

/**
 * DID documents, which strangers write: what has an odd shape is absent and never an error, a handle is one in lower case, and a
 * server is an address that tokens may go to.
 */
final class DidDocumentTarget implements Target {

    @Override
    public void accept(byte[] input) {
        LexMap raw;
        try {
            raw = LexJson.parseMapLenient(input);
        } catch (DataException e) {
            return;
        }
        DidDocument document = DidDocument.of(raw).orElse(null);
        if (document == null) {
            return;
        }
        Must.agree(raw.getString("id").orElse(""), document.did().value(), "the document's id and its DID");
        document.handle()
                .ifPresent(handle ->
                        Must.agree(Handle.parse(handle.value()).normalise(), handle, "a handle in lower case"));
        for (EndpointRule rule : EndpointRule.values()) {
            document.pds(rule).ifPresent(pds -> OriginTarget.check(pds, rule));
        }
        Must.hold(
                document.pds(EndpointRule.PUBLIC_HTTPS).isEmpty()
                        || document.pds(EndpointRule.PUBLIC_HTTPS).equals(document.pds(EndpointRule.LOOPBACK_TOO)),
                "the looser rule gives what the stricter one does");
    }
}
