// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.syntax.Nsid;
import java.util.List;

/**
 * A stream of messages that servers send, as its lexicon describes it. Immutable and thread-safe. Generated classes extend
 * this one. It says what the messages are; nothing here opens the stream.
 *
 * @param <P> the parameters; {@link Nothing} if there are none
 * @param <B> their builder
 * @param <M> the union of the messages
 */
public abstract class Subscription<P extends LexObject, B extends LexObject.Builder<P, B>, M extends LexUnion> {

    private final Nsid nsid;
    private final List<String> variants;

    /**
     * Describes a subscription.
     *
     * @param nsid its name
     * @param variants the full name of each known message, such as {@code com.atproto.sync.subscribeRepos#commit}
     */
    protected Subscription(String nsid, String... variants) {
        this.nsid = Nsid.parse(nsid);
        this.variants = List.of(variants);
    }

    /**
     * Returns the subscription's name.
     *
     * @return the name
     */
    public final Nsid nsid() {
        return nsid;
    }

    /**
     * Returns the type of the parameters.
     *
     * @return the type
     */
    public abstract ObjectType<P> params();

    /**
     * Reads a message.
     *
     * @param name what the frame's header calls it: {@code #commit}, or the full name
     * @param body the frame's body
     * @return the message; of an unknown variant if the name is unknown
     */
    public final M message(String name, LexMap body) {
        String full = name.startsWith("#") ? nsid.value() + name : name;
        int variant = variants.indexOf(full);
        return variant >= 0
                ? union(typeOf(variant).fromMap(body))
                : union(LexAny.of(body.get("$type") == null ? body.with("$type", new LexString(full)) : body));
    }

    /**
     * Returns the type of a known message.
     *
     * @param variant its place among the variants
     * @return the type
     */
    protected abstract ObjectType<?> typeOf(int variant);

    /**
     * Wraps a message as a variant of the union.
     *
     * @param value a {@link LexObject}, or a {@link LexAny} if it is of an unknown type
     * @return the variant
     */
    protected abstract M union(Object value);

    /** Returns the name. */
    @Override
    public final String toString() {
        return nsid.value();
    }
}
