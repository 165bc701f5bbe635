// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import org.jspecify.annotations.Nullable;

/**
 * A method that changes something: a POST with a JSON object, or with nothing.
 *
 * @param <I> the input; {@link Nothing} if there is none, and then no body is sent
 * @param <B> its builder
 * @param <O> what a success gives; see {@link XrpcMethod}
 */
public abstract non-sealed class Procedure<I extends LexObject, B extends LexObject.Builder<I, B>, O>
        extends XrpcMethod<O> implements XrpcFunction<I, B, O> {

    /**
     * Describes a procedure.
     *
     * @param nsid its name
     * @param outputEncoding the media type of a success, or null if there is no body
     */
    protected Procedure(String nsid, @Nullable String outputEncoding) {
        super(nsid, outputEncoding);
    }

    /**
     * Returns the type of the input.
     *
     * @return the type; {@link Nothing#TYPE} if there is none
     */
    public abstract ObjectType<I> input();

    @Override
    public final ObjectType<I> argument() {
        return input();
    }
}
