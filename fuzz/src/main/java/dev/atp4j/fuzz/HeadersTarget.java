// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.http.Headers;
import dev.atp4j.xrpc.XrpcRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What goes out: no header field that is accepted can begin another line or another request, its refusal does not show its value,
 * and a parameter comes out of a request's path as it went in and changes nothing else of it.
 */
final class HeadersTarget implements Target {

    @Override
    public void accept(byte[] input) {
        String[] parts = Text.parts(input, 2);
        field(parts[0], parts[1]);
        field(parts[0], Planted.without(parts[1]) + Must.SECRET);
        parameter(parts[0], parts[1]);
    }

    private static void field(String name, String value) {
        Headers headers;
        try {
            headers = Headers.of(name, value);
        } catch (IllegalArgumentException e) {
            Must.hold(
                    name.contains(Must.SECRET.substring(0, 6))
                            || !String.valueOf(e.getMessage()).contains(Must.SECRET),
                    "a refusal shows no value");
            return;
        }
        String wire = name + ": " + value;
        Must.hold(wire.chars().allMatch(c -> c >= ' ' && c < 256 && c != 127 || c == '\t'), "a field is one line");
        Must.hold(name.chars().allMatch(c -> c > ' ' && c < 127 && c != ':'), "a name is one word");
        Must.agree(
                headers.first(name.toUpperCase(java.util.Locale.ROOT)).orElse(null),
                value,
                "a field, asked for in capitals");
        Must.agree(headers.with(name, "1").all(name), List.of("1"), "a field that takes the place of another");
        Must.agree(headers.without(name).size(), 0, "a field that is taken away");
        Must.hold(!headers.toString().contains(Must.SECRET) || name.contains(Must.SECRET), "values are not shown");
    }

    private static void parameter(String name, String value) {
        String whole = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String key = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8) + "n";
        String path = XrpcRequest.query("a.b.c").param(key, whole).build().path();
        URI address = URI.create("https://pds.example.com" + path);
        Must.agree(address.getHost(), "pds.example.com", "the host");
        Must.agree(address.getRawPath(), "/xrpc/a.b.c", "the path");
        Must.hold(address.getRawQuery().chars().noneMatch(c -> "&;+#".indexOf(c) >= 0), "a parameter is one");
        String[] pair = address.getRawQuery().split("=", -1);
        Must.agree(pair.length, 2, "the parts of a parameter");
        Must.agree(URLDecoder.decode(pair[0], StandardCharsets.UTF_8), key, "the name");
        Must.agree(URLDecoder.decode(pair[1], StandardCharsets.UTF_8), whole, "the value");
    }
}
