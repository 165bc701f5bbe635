// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.http.Headers;
import dev.atp4j.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads faults from JSON. The field {@code kind} is the name of the method of {@link Fault.Builder} that makes the
 * fault; what that method takes stands beside it.
 *
 * <pre>{@code
 * {"nsid": "com.atproto.server.refreshSession",   // or "*" for every method
 *  "times": 2,                                    // 1 if absent; or "always": true
 *  "skip": 1,                                     // 0 if absent
 *  "kind": "cutBodyAfterProcessing", "bytes": 20}
 *
 * "resetBeforeProcessing"
 * "resetAfterProcessing"
 * "cutBodyAfterProcessing"     "bytes"
 * "stallBodyAfterProcessing"   "bytes", "gate"    // a name; POST gates/NAME opens it
 * "holdBeforeProcessing"       "gate"
 * "holdAfterProcessing"        "gate"
 * "delay"                      "millis"
 * "answer"                     "status", "headers" (an object of texts), "body" (a text, or JSON to be written as such)
 * "answerAfterProcessing"      the same
 * "error"                      "status", "error", "message"
 * "html"                       "status"
 * "retryAfter"                 "seconds"
 * "redirectTo"                 "url"
 * "withField"                  "name", "value" (any JSON)
 * "withoutField"               "name"
 * "wrongDid"                   "did"
 * }</pre>
 */
final class FaultJson {

    private final LexMap json;
    private final Function<String, Gate> gates;

    private FaultJson(LexMap json, Function<String, Gate> gates) {
        this.json = json;
        this.gates = gates;
    }

    /**
     * Reads a fault.
     *
     * @param gates finds gates by name
     * @throws IllegalArgumentException if something is missing or wrong
     */
    static Fault read(LexMap json, Function<String, Gate> gates) {
        return new FaultJson(json, gates).fault();
    }

    private Fault fault() {
        String nsid = text("nsid");
        Fault.Builder on = nsid.equals(Fault.ANY) ? Fault.onAny() : Fault.on(nsid);
        json.getLong("skip").ifPresent(calls -> on.skip(Math.toIntExact(calls)));
        json.getLong("times").ifPresent(calls -> on.times(Math.toIntExact(calls)));
        if (json.getBoolean("always").orElse(false)) {
            on.always();
        }
        return finished(on, text("kind"));
    }

    private Fault finished(Fault.Builder on, String kind) {
        return switch (kind) {
            case "resetBeforeProcessing" -> on.resetBeforeProcessing();
            case "resetAfterProcessing" -> on.resetAfterProcessing();
            case "cutBodyAfterProcessing" -> on.cutBodyAfterProcessing(number("bytes"));
            case "stallBodyAfterProcessing" -> on.stallBodyAfterProcessing(number("bytes"), gate());
            case "holdBeforeProcessing" -> on.holdBeforeProcessing(gate());
            case "holdAfterProcessing" -> on.holdAfterProcessing(gate());
            case "delay" -> on.delay(Duration.ofMillis(number("millis")));
            case "answer" -> on.answer(number("status"), headers(), body());
            case "answerAfterProcessing" -> on.answerAfterProcessing(number("status"), headers(), body());
            case "error" -> on.error(number("status"), text("error"), text("message"));
            case "html" -> on.html(number("status"));
            case "retryAfter" -> on.retryAfter(Duration.ofSeconds(number("seconds")));
            case "redirectTo" -> on.redirectTo(URI.create(text("url")));
            case "withField" -> on.withField(text("name"), value());
            case "withoutField" -> on.withoutField(text("name"));
            case "wrongDid" -> on.wrongDid(Did.parse(text("did")));
            default -> throw new IllegalArgumentException("no kind of fault: " + kind);
        };
    }

    private String text(String name) {
        return json.getString(name)
                .orElseThrow(() -> new IllegalArgumentException("a fault needs the text \"" + name + "\""));
    }

    private int number(String name) {
        return json.getLong(name)
                .map(Math::toIntExact)
                .orElseThrow(() -> new IllegalArgumentException("this fault needs the number \"" + name + "\""));
    }

    private Gate gate() {
        return gates.apply(text("gate"));
    }

    private LexValue value() {
        LexValue value = json.get("value");
        return value == null ? LexNull.NULL : value;
    }

    private String body() {
        LexValue body = json.get("body");
        if (body == null) {
            return "";
        }
        return body instanceof LexString text ? text.value() : body.toString();
    }

    private Headers headers() {
        Headers headers = Headers.empty();
        Map<String, LexValue> fields =
                json.getMap("headers").map(LexMap::fields).orElse(Map.of());
        for (Map.Entry<String, LexValue> field : fields.entrySet()) {
            if (field.getValue() instanceof LexString value) {
                headers = headers.plus(field.getKey(), value.value());
            }
        }
        return headers;
    }
}
