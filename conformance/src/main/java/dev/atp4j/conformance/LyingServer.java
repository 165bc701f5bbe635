// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Journal;
import java.net.URI;
import java.time.Duration;

/** Tells a lie about what was done to a server. */
record LyingServer(Lie lie, Server truth) implements Server {

    @Override
    public URI url() {
        return truth.url();
    }

    @Override
    public URI plc() {
        return truth.plc();
    }

    @Override
    public void fault(Fault fault) {
        if (lie != Lie.NO_FAULTS) {
            truth.fault(fault);
        }
    }

    @Override
    public void noFaults() {
        truth.noFaults();
    }

    @Override
    public Journal journal() {
        return truth.journal();
    }

    @Override
    public void advance(Duration by) {
        if (lie != Lie.FROZEN_CLOCK) {
            truth.advance(by);
        }
    }

    @Override
    public Secret jwtSecret() {
        return truth.jwtSecret();
    }

    @Override
    public LexValue operate(String action, LexMap input) {
        boolean deed = action.endsWith("/takeDown") || action.endsWith("/restore") || action.endsWith("/delete");
        return lie == Lie.IDLE_OPERATOR && deed ? LexMap.empty() : truth.operate(action, input);
    }

    @Override
    public void close() {
        truth.close();
    }
}
