// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.syntax.Nsid;
import org.jspecify.annotations.Nullable;

/**
 * A method that servers answer, as its lexicon describes it. Immutable and thread-safe. Generated classes extend the
 * subclasses of this one.
 *
 * @param <O> what a success gives: a {@link LexObject}; {@code byte[]} if it is no JSON; {@link Void} if there is nothing
 */
public abstract sealed class XrpcMethod<O> permits Query, Procedure, Upload {

    private final Nsid nsid;
    private final @Nullable String outputEncoding;

    XrpcMethod(String nsid, @Nullable String outputEncoding) {
        this.nsid = Nsid.parse(nsid);
        this.outputEncoding = outputEncoding;
    }

    /**
     * Returns the method's name.
     *
     * @return the name
     */
    public final Nsid nsid() {
        return nsid;
    }

    /**
     * Returns the media type of a success, as the lexicon says it; it may be a pattern such as {@code *}{@code /*}.
     *
     * @return the media type, or null if there is no body
     */
    public final @Nullable String outputEncoding() {
        return outputEncoding;
    }

    /**
     * Returns the type of a success that is JSON. It is asked for when it is needed, so that a method that is named and
     * never called loads no classes.
     *
     * @return the type of {@code O}, or null if the success is no JSON object
     */
    public abstract @Nullable ObjectType<?> output();

    /** Returns the name. */
    @Override
    public final String toString() {
        return nsid.value();
    }
}
