// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which numbered scenarios of a session's life a test plays with real processes. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Scenario {
    /** The scenarios' numbers, as in {@code docs/status.md}. */
    int[] value();
}
