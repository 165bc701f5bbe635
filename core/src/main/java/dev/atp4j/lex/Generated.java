// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a class that was generated from a lexicon. Tools that look at class files may leave such classes alone. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Generated {

    /**
     * Returns the lexicon's name.
     *
     * @return an NSID, or the beginning of those that the class brings together
     */
    String value();
}
