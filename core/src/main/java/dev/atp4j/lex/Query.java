// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import org.jspecify.annotations.Nullable;

/**
 * A method that reads: a GET with parameters.
 *
 * @param <P> the parameters; {@link Nothing} if there are none
 * @param <B> their builder
 * @param <O> what a success gives; see {@link XrpcMethod}
 */
public abstract non-sealed class Query<P extends LexObject, B extends LexObject.Builder<P, B>, O> extends XrpcMethod<O>
        implements XrpcFunction<P, B, O> {

    /**
     * Describes a query.
     *
     * @param nsid its name
     * @param outputEncoding the media type of a success, or null if there is no body
     */
    protected Query(String nsid, @Nullable String outputEncoding) {
        super(nsid, outputEncoding);
    }

    /**
     * Returns the type of the parameters.
     *
     * @return the type
     */
    public abstract ObjectType<P> params();

    @Override
    public final ObjectType<P> argument() {
        return params();
    }
}
