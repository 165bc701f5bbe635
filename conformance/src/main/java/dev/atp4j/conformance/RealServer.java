// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.Secret;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.FaultProxy;
import dev.atp4j.pds.Journal;
import dev.atp4j.time.Time;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The reference PDS, run by {@code real-pds.mjs} in a process of its own, behind a proxy of ours. */
final class RealServer implements Server {

    private final Process process;
    private final LexMap ready;
    private final FaultProxy proxy;
    private final HttpTransport transport = HttpTransport.create();
    private final Operator operator;

    /**
     * Starts the server and waits until it is ready.
     *
     * @param home the folder that holds {@code real-pds.mjs}
     * @param setting how to set it up
     */
    RealServer(Path home, Scenario.Setting setting) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("with-node").toString(),
                "node",
                // The server makes up for a slow password check by waiting a negative time.
                "--disable-warning=TimeoutNegativeWarning",
                home.resolve("real-pds.mjs").toString(),
                "--behind-proxy"));
        switch (setting) {
            case PLAIN -> {}
            case DID_DOC -> command.add("--did-doc");
            case RATE_LIMITS -> command.add("--rate-limits");
        }
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the reference PDS did not start");
        }
        ready = LexJson.parseMap(line.getBytes(StandardCharsets.UTF_8));
        proxy = FaultProxy.to(address("upstream"), url().getPort(), Time.system());
        operator = new Operator(transport, address("admin"));
    }

    /** Returns what runs, such as {@code @atproto/pds 0.5.35 on Node v22.23.3}. */
    String software() {
        return text("software") + " on Node " + text("node");
    }

    private URI address(String name) {
        return URI.create(text(name));
    }

    private String text(String name) {
        return ready.getString(name).orElseThrow();
    }

    @Override
    public URI url() {
        return address("url");
    }

    @Override
    public URI plc() {
        return address("plc");
    }

    @Override
    public void fault(Fault fault) {
        proxy.faults().add(fault);
    }

    @Override
    public void noFaults() {
        proxy.faults().clear();
    }

    @Override
    public Journal journal() {
        return proxy.journal();
    }

    @Override
    public void advance(Duration by) {
        operate("clock", LexMap.builder().put("advanceSeconds", by.toSeconds()).build());
    }

    @Override
    public Secret jwtSecret() {
        return Secret.of(text("jwtSecret"));
    }

    @Override
    public LexValue operate(String action, LexMap input) {
        return operator.post(action, input);
    }

    /** Stops the server. */
    @Override
    public void close() {
        transport.close();
        proxy.close();
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
