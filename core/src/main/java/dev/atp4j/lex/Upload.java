// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import org.jspecify.annotations.Nullable;

/**
 * A procedure that takes bytes instead of JSON, such as the upload of a blob: a POST with parameters and any body.
 *
 * @param <P> the parameters; {@link Nothing} if there are none
 * @param <B> their builder
 * @param <O> what a success gives; see {@link XrpcMethod}
 */
public abstract non-sealed class Upload<P extends LexObject, B extends LexObject.Builder<P, B>, O>
        extends XrpcMethod<O> {

    private final String inputEncoding;

    /**
     * Describes an upload.
     *
     * @param nsid its name
     * @param inputEncoding the media type of the body, perhaps a pattern such as {@code video/*}
     * @param outputEncoding the media type of a success, or null if there is no body
     */
    protected Upload(String nsid, String inputEncoding, @Nullable String outputEncoding) {
        super(nsid, outputEncoding);
        this.inputEncoding = inputEncoding;
    }

    /**
     * Returns the media type of the body, as the lexicon says it; it may be a pattern such as {@code *}{@code /*}.
     *
     * @return the media type
     */
    public final String inputEncoding() {
        return inputEncoding;
    }

    /**
     * Returns the type of the parameters.
     *
     * @return the type; {@link Nothing#TYPE} if there are none
     */
    public abstract ObjectType<P> params();

    /**
     * Starts to build the parameters.
     *
     * @return a builder that holds nothing
     */
    public final B newParams() {
        return params().newBuilder();
    }
}
