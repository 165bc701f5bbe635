// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Journal;
import dev.atp4j.pds.VirtualTime;
import java.net.URI;
import java.time.Duration;

/** The embedded PDS. */
final class EmbeddedServer implements Server {

    private static final Secret JWT_SECRET = Secret.of("known to the scenarios that forge tokens");

    private final EmbeddedPds pds;
    private final HttpTransport transport = HttpTransport.create();
    private final Operator operator;

    EmbeddedServer(Scenario.Setting setting) {
        pds = EmbeddedPds.builder()
                .time(VirtualTime.running())
                .jwtSecret(JWT_SECRET)
                .didDocInSession(setting == Scenario.Setting.DID_DOC)
                .rateLimits(setting == Scenario.Setting.RATE_LIMITS)
                .start();
        operator = new Operator(transport, pds.adminUrl());
    }

    URI admin() {
        return pds.adminUrl();
    }

    @Override
    public URI url() {
        return pds.url();
    }

    @Override
    public URI plc() {
        return pds.plcUrl();
    }

    @Override
    public void fault(Fault fault) {
        pds.faults().add(fault);
    }

    @Override
    public void noFaults() {
        pds.faults().clear();
    }

    @Override
    public Journal journal() {
        return pds.journal();
    }

    @Override
    public void advance(Duration by) {
        pds.time().advance(by);
    }

    @Override
    public Secret jwtSecret() {
        return JWT_SECRET;
    }

    @Override
    public LexValue operate(String action, LexMap input) {
        return operator.post(action, input);
    }

    @Override
    public void close() {
        transport.close();
        pds.close();
    }
}
