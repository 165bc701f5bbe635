// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.http.Headers;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.identity.DidDocument.EndpointRule;
import dev.atp4j.session.kernel.Origins;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Addresses that tokens may go to: whatever the text, an origin is a scheme, a host and perhaps a port; the host is what the JDK
 * would connect to; and no numeric address passes for a public name, in any notation.
 */
final class OriginTarget implements Target {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z][a-z0-9-]*");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|\\[::1]|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}", Pattern.CASE_INSENSITIVE);

    @Override
    public void accept(byte[] input) throws Exception {
        String text = Text.of(input);
        for (EndpointRule rule : EndpointRule.values()) {
            for (String address : new String[] {text, "https://" + text, "http://" + text}) {
                URI origin = rule.origin(address).orElse(null);
                if (origin != null) {
                    check(origin, rule);
                    Must.hold(
                            address.chars().noneMatch(c -> c <= ' ' || c >= 127 || "@\\?#%".indexOf(c) >= 0),
                            "an address that is more than an origin is none: " + address);
                    Must.agree(
                            new URL(address).getHost().toLowerCase(Locale.ROOT),
                            origin.getHost(),
                            "the host, to an older reader");
                }
            }
        }
        for (String address : new String[] {text, "https://" + text, "http://" + text}) {
            service(address);
        }
    }

    private static void service(String address) {
        URI origin;
        try {
            origin = Origins.service(URI.create(address));
        } catch (IllegalArgumentException e) {
            return;
        }
        Must.agree(Origins.service(origin), origin, "a service and its origin");
        boolean loopback = LOOPBACK.matcher(origin.getHost()).matches();
        Must.hold(
                origin.getScheme().equals("https")
                        || loopback && origin.getScheme().equals("http"),
                "in clear only to this machine");
        sendable(origin);
    }

    /** What was accepted as an address can be sent to. */
    private static void sendable(URI origin) {
        Must.hold(
                origin.getPort() == -1 || origin.getPort() > 0 && origin.getPort() <= 65535,
                "a port is one: " + origin.getPort());
        new TransportRequest(
                "GET",
                URI.create(origin + "/xrpc/a.b.c"),
                Headers.empty(),
                RequestBody.empty(),
                Duration.ofSeconds(1),
                TransportRequest.Reach.ANY);
    }

    static void check(URI origin, EndpointRule rule) {
        String port = origin.getPort() < 0 ? "" : ":" + origin.getPort();
        Must.agree(
                origin.toString(),
                origin.getScheme() + "://" + origin.getHost() + port,
                "an origin has nothing more than these");
        Must.agree(origin.toString(), origin.toString().toLowerCase(Locale.ROOT), "an origin is in lower case");
        Must.agree(rule.origin(origin.toString()).orElse(null), origin, "an origin is its own");
        boolean name = origin.getScheme().equals("https")
                && NAME.matcher(origin.getHost()).matches()
                && !origin.getHost().endsWith(".localhost");
        Must.hold(
                name
                        || rule == EndpointRule.LOOPBACK_TOO
                                && LOOPBACK.matcher(origin.getHost()).matches(),
                "tokens go to a public name or this machine: " + origin);
        sendable(origin);
    }
}
