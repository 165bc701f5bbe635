// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives every test method of a class a PDS of its own, with a clock that the test can push ahead by hours and months.
 *
 * <p>Test methods, and those around them, ask for what they need by parameters of these types:
 *
 * <ul>
 *   <li>{@link dev.atp4j.pds.EmbeddedPds}: the PDS, empty,
 *   <li>{@link dev.atp4j.pds.VirtualTime}: its clock,
 *   <li>{@link dev.atp4j.session.store.SessionStore}: an empty store in memory,
 *   <li>{@link dev.atp4j.session.Sessions}: sessions in that store, on that clock. Each parameter gets one of its own, as
 *       if the program had been started once more.
 * </ul>
 *
 * <p>Everything is closed after the test. If the test fails, the failure also shows what the PDS was asked. Use
 * {@link AtpTestExtension#with} for a PDS with other settings.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(AtpTestExtension.class)
public @interface AtpTest {}
