// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.syntax.Did;
import dev.atp4j.xrpc.Agent;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.util.Optional;

/** An agent before whose n-th call of a method something else happens. */
final class Aside implements Agent {

    private final Agent agent;
    private final String nsid;
    private final Runnable aside;
    private int calls;

    Aside(Agent agent, String nsid, int call, Runnable aside) {
        this.agent = agent;
        this.nsid = nsid;
        this.calls = call;
        this.aside = aside;
    }

    @Override
    public XrpcResponse send(XrpcRequest request) {
        if (request.nsid().value().equals(nsid) && --calls == 0) {
            aside.run();
        }
        return agent.send(request);
    }

    @Override
    public Optional<Did> did() {
        return agent.did();
    }
}
