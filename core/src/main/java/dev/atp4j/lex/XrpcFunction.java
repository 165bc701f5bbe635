// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.syntax.Nsid;

/**
 * A method that takes one object: the parameters of a query, or the input of a procedure.
 *
 * @param <A> the object; {@link Nothing} if there is none
 * @param <B> its builder
 * @param <O> what a success gives; see {@link XrpcMethod}
 */
public sealed interface XrpcFunction<A extends LexObject, B extends LexObject.Builder<A, B>, O>
        permits Query, Procedure {

    /**
     * Returns the method's name.
     *
     * @return the name
     */
    Nsid nsid();

    /**
     * Returns the type of the parameters or of the input.
     *
     * @return the type; {@link Nothing#TYPE} if there are none
     */
    ObjectType<A> argument();

    /**
     * Starts to build the parameters or the input.
     *
     * @return a builder that holds nothing
     */
    default B newArgument() {
        return argument().newBuilder();
    }
}
