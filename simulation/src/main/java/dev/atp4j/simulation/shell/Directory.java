// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.identity.DidDocument;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.identity.IdentityResolver;
import dev.atp4j.simulation.ModelPds;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import java.net.URI;

/** Knows where the account lives, in the weather of the moment. */
final class Directory implements IdentityResolver {

    private final ShellWorld world;

    Directory(ShellWorld world) {
        this.world = world;
    }

    @Override
    public Did resolveHandle(Handle handle) {
        return refreshDid(ModelPds.DID).did();
    }

    @Override
    public DidDocument resolveDid(Did did) {
        return refreshDid(did);
    }

    @Override
    public DidDocument refreshDid(Did did) {
        Weather.Fate fate = world.weather.request();
        world.scheduler.sleep(world.weather.latency(), "the directory");
        if (fate != Weather.Fate.ANSWERED) {
            throw new IdentityException(
                    IdentityException.Kind.UNAVAILABLE, "the simulated directory is not reached", null);
        }
        return DidDocument.of(document(world.pds.pds())).orElseThrow();
    }

    /** Returns the account's document. */
    static LexMap document(URI pds) {
        return LexMap.builder()
                .put("id", ModelPds.DID.value())
                .put(
                        "service",
                        LexList.of(LexMap.builder()
                                .put("id", "#atproto_pds")
                                .put("type", "AtprotoPersonalDataServer")
                                .put("serviceEndpoint", pds.toString())
                                .build()))
                .build();
    }

    @Override
    public DidDocument resolveAccount(Handle handle) {
        return refreshDid(ModelPds.DID);
    }

    @Override
    public URI serviceFor(DidDocument document) {
        return world.pds.home();
    }
}
