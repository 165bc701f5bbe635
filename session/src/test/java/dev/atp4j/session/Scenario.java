// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which numbered scenarios of a session's life a test plays. {@link ScenariosTest} looks for the missing ones. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Scenario {
    /** The scenarios' numbers, from 1 to 66. */
    int[] value();
}
