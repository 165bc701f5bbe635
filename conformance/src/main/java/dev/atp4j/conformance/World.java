// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.VirtualTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a scenario sees: a server, the way to it, its clock, and what can be done behind a client's back. */
public final class World implements AutoCloseable {

    private final Server server;
    private final HttpTransport transport;
    private final VirtualTime time = VirtualTime.running();
    private Duration passed = Duration.ZERO;

    private World(Server server, HttpTransport transport) {
        this.server = server;
        this.transport = transport;
    }

    /** Returns a world as it is. */
    static World of(Server server) {
        return new World(server, HttpTransport.create());
    }

    /** Returns a world as a lie shows it. */
    static World of(Server server, Lie lie) {
        return new World(new LyingServer(lie, server), new LyingTransport(lie, HttpTransport.create()));
    }

    /** Returns where clients log in. */
    public URI service() {
        return server.url();
    }

    /** Returns where DID documents are. */
    public URI plc() {
        return server.plc();
    }

    HttpTransport transport() {
        return transport;
    }

    /** Returns the clock of the clients. */
    VirtualTime time() {
        return time;
    }

    /** Lets time pass for the server and for clients. */
    public void advance(Duration by) {
        advanceServer(by);
        time.advance(by);
    }

    /** Lets time pass for the server only, so that tokens run out before their holders know. */
    public void advanceServer(Duration by) {
        server.advance(by);
        passed = passed.plus(by);
    }

    /** Returns how much time was let pass for the server since it was started. */
    public Duration passed() {
        return passed;
    }

    /** Makes something go wrong. */
    public void fault(Fault fault) {
        server.fault(fault);
    }

    /** Lets everything go right again. */
    public void noFaults() {
        server.noFaults();
    }

    /** Returns how often a method was called since the scenario began. */
    public int calls(String nsid) {
        return server.journal().count(nsid);
    }

    /** Forgets the calls so far. */
    public void forgetCalls() {
        server.journal().clear();
    }

    /** Clears what the scenario before this one left. */
    void begin() {
        noFaults();
        forgetCalls();
    }

    /** Returns a caller that sends single requests as they are. */
    public Wire wire() {
        return new Wire(transport, service());
    }

    /** Creates an account that nobody else knows of. */
    public Account createAccount() {
        return Account.create(wire());
    }

    /** Takes an account down. */
    public void takeDown(Account account) {
        operate("accounts/takeDown", account);
    }

    /** Ends the takedown of an account. */
    void restore(Account account) {
        operate("accounts/restore", account);
    }

    /** Deletes an account, as an operator does. */
    public void delete(Account account) {
        operate("accounts/delete", account);
    }

    /** Returns the code that was last mailed to an account. */
    public String mailedCode(Account account) {
        return ((LexMap) operate("accounts/latestEmailCode", account))
                .getString("code")
                .orElseThrow();
    }

    /** Returns how many refresh tokens of an account are good at the moment. */
    public int liveTokens(Account account) {
        return ((LexList) operate("accounts/refreshTokens", account)).size();
    }

    /** Has logins of an account ask for a code that is mailed. Only the embedded PDS can. */
    public void requireAuthFactor(Account account) {
        operate("accounts/requireAuthFactor", account);
    }

    private LexValue operate(String action, Account account) {
        return server.operate(
                action, LexMap.builder().put("account", account.did()).build());
    }

    /** Signs a token with the server's own key. */
    String sign(String type, LexMap claims) {
        String signed =
                part(LexMap.builder().put("typ", type).put("alg", "HS256").build()) + "." + part(claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = server.jwtSecret().expose().getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC", e);
        }
    }

    private static String part(LexMap json) {
        return base64(LexJson.write(json));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Stops the server. The transport is left to sessions that are still at work in the background. */
    @Override
    public void close() {
        server.close();
    }
}
