// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reference PDS, run by {@code real-pds.mjs} in a process of its own. */
final class RealWorld implements World {

    private final Process process;
    private final HttpTransport transport = HttpTransport.create();
    private final LexMap ready;

    /**
     * Starts the server and waits until it is ready.
     *
     * @param home the folder that holds {@code real-pds.mjs}
     * @param setting how to set it up
     */
    RealWorld(Path home, Scenario.Setting setting) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("with-node").toString(),
                "node",
                // The server makes up for a slow password check by waiting a negative time.
                "--disable-warning=TimeoutNegativeWarning",
                home.resolve("real-pds.mjs").toString()));
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
    }

    /** Returns what runs, such as {@code @atproto/pds 0.5.35}. */
    String software() {
        return ready.getString("software").orElseThrow();
    }

    @Override
    public URI service() {
        return address("url");
    }

    @Override
    public URI plc() {
        return address("plc");
    }

    @Override
    public HttpTransport transport() {
        return transport;
    }

    @Override
    public void advance(Duration by) {
        post("clock", LexMap.builder().put("advanceSeconds", by.toSeconds()).build());
    }

    @Override
    public void takeDown(Account account) {
        takedown(account, true);
    }

    @Override
    public void lift(Account account) {
        takedown(account, false);
    }

    private void takedown(Account account, boolean applied) {
        post(
                "takedown",
                LexMap.builder()
                        .put("did", account.did())
                        .put("applied", applied)
                        .build());
    }

    @Override
    public void delete(Account account) {
        post("delete", LexMap.builder().put("did", account.did()).build());
    }

    @Override
    public String mailedCode(Account account) {
        LexList mails = (LexList) get("mail?to=" + URLEncoder.encode(account.email(), StandardCharsets.UTF_8));
        return ((LexMap) mails.get(mails.size() - 1)).getString("token").orElseThrow();
    }

    @Override
    public int tokensOnRecord(Account account) {
        return ((LexList) get("tokens?did=" + account.did())).size();
    }

    @Override
    public String sign(String type, LexMap claims) {
        LexMap answer = (LexMap) post(
                "sign", LexMap.builder().put("typ", type).put("claims", claims).build());
        return answer.getString("token").orElseThrow();
    }

    /** Stops the server. */
    @Override
    public void close() {
        transport.close();
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException | InterruptedException e) {
            process.destroy();
        }
    }

    private URI address(String name) {
        return URI.create(ready.getString(name).orElseThrow());
    }

    private LexValue get(String action) {
        return operate("GET", action, null);
    }

    private LexValue post(String action, LexMap input) {
        return operate("POST", action, RequestBody.bytes(LexJson.write(input), "application/json"));
    }

    private LexValue operate(String method, String action, @Nullable RequestBody body) {
        var request = new TransportRequest(
                method,
                URI.create(address("admin") + "/" + action),
                Headers.empty(),
                body == null ? RequestBody.empty() : body,
                Duration.ofSeconds(30),
                TransportRequest.Reach.ANY);
        try (TransportResponse response = transport.send(request)) {
            byte[] answer = response.body().readAllBytes();
            if (response.status() != 200) {
                throw new IOException(action + ": " + new String(answer, StandardCharsets.UTF_8));
            }
            return LexJson.parse(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
