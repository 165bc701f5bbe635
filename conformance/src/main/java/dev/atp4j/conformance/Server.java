// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Journal;
import java.net.URI;
import java.time.Duration;

/** A PDS that runs, with a PLC directory beside it and everything that a test wants to do to it. */
interface Server extends AutoCloseable {

    /** Returns where the PDS is, for clients and in DID documents. */
    URI url();

    /** Returns where the PLC directory is. */
    URI plc();

    /** Makes something go wrong between clients and the PDS. */
    void fault(Fault fault);

    /** Lets everything go right again. */
    void noFaults();

    /** Returns what went over the wire to the PDS. */
    Journal journal();

    /** Moves the server's clock ahead. */
    void advance(Duration by);

    /** Returns the key that the PDS signs tokens with. */
    Secret jwtSecret();

    /** Does something in the operator's name, such as {@code accounts/takeDown}. */
    LexValue operate(String action, LexMap input);

    @Override
    void close();
}
