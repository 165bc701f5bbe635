// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.Def.ProcedureDef;
import dev.atp4j.lexicon.Def.QueryDef;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.lexicon.Lexicons;
import dev.atp4j.lexicon.TextValues;
import dev.atp4j.lexicon.Validator;
import dev.atp4j.lexicon.Violation;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.xrpc.XrpcRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A call that its lexicon knows: what is sent is checked before anything is sent. */
final class CallPlan {

    private static final String JSON = "application/json";

    /** What must not stand on a command line, where other users of the machine can see it. */
    private static final Set<String> SECRET = Set.of("password", "authFactorToken", "token", "accessJwt", "refreshJwt");

    private final Nsid method;
    private final Def def;
    private final TextValues texts;
    private final Validator validator;

    CallPlan(Nsid method, Lexicons lexicons) {
        this.method = method;
        this.def = lexicons.resolve(DefRef.main(method))
                .filter(d -> d instanceof QueryDef || d instanceof ProcedureDef)
                .orElseThrow(
                        () -> Failure.usage(method + " is no query and no procedure", "nothing else can be called"));
        this.texts = new TextValues(lexicons);
        this.validator = Validator.strict(lexicons);
    }

    /** Tells whether the answer is something else than JSON. */
    boolean answersFile() {
        Def.Body output = def instanceof QueryDef query
                ? query.output()
                : def instanceof ProcedureDef procedure ? procedure.output() : null;
        return output != null && !output.encoding().equals(JSON);
    }

    /** Makes the request. */
    XrpcRequest.Builder request(
            List<Map.Entry<String, String>> pairs, @Nullable CallInput input, @Nullable String type) {
        var params = new ArrayList<Map.Entry<String, String>>();
        var fields = new ArrayList<Map.Entry<String, String>>();
        Map<String, Schema> known =
                texts.paramsOf(method).map(Schema.ParamsSchema::properties).orElse(Map.of());
        boolean takesFields = texts.inputOf(method).isPresent();
        for (Map.Entry<String, String> pair : pairs) {
            (takesFields && !known.containsKey(pair.getKey()) ? fields : params).add(pair);
        }
        XrpcRequest.Builder request =
                def instanceof ProcedureDef ? XrpcRequest.procedure(method) : XrpcRequest.query(method);
        addParams(request, checkedParams(params));
        if (def instanceof ProcedureDef procedure) {
            addInput(request, procedure.input(), fields, input, type);
        } else if (input != null) {
            throw Failure.usage(method + " is a query, which takes no input", "leave --input out");
        }
        return request;
    }

    private LexMap checkedParams(List<Map.Entry<String, String>> pairs) {
        TextValues.Reading reading = texts.params(method, pairs);
        check(
                "parameter ",
                reading,
                validator.params(method, reading.value()),
                texts.paramsOf(method)
                        .map(params -> names("parameters", params.properties(), params.required()))
                        .orElse(method + " has no parameters"));
        return reading.value();
    }

    private void addInput(
            XrpcRequest.Builder request,
            Def.@Nullable Body body,
            List<Map.Entry<String, String>> fields,
            @Nullable CallInput input,
            @Nullable String type) {
        if (body == null) {
            if (input != null) {
                throw Failure.usage(method + " takes no input", "leave --input out");
            }
            return;
        }
        if (!body.encoding().equals(JSON)) {
            addFile(request, body.encoding(), input, type);
            return;
        }
        if (input != null && !fields.isEmpty()) {
            throw Failure.usage("there are both --input and fields of the input", "leave one of them out");
        }
        for (Map.Entry<String, String> field : fields) {
            if (SECRET.contains(field.getKey())) {
                throw Failure.usage(
                        field.getKey() + " is a secret, which never goes on the command line",
                        "pipe the whole input in with --input -");
            }
        }
        TextValues.Reading reading =
                input == null ? texts.input(method, fields) : new TextValues.Reading(input.json(), List.of());
        check(
                "input ",
                reading,
                validator.input(method, reading.value()),
                texts.inputOf(method)
                        .map(object -> names("fields of the input", object.properties(), object.required()))
                        .orElse("see the lexicon of " + method));
        request.json(reading.value());
    }

    private void addFile(
            XrpcRequest.Builder request, String encoding, @Nullable CallInput input, @Nullable String type) {
        if (input == null) {
            throw Failure.usage(
                    method + " takes a file of " + encoding, "name it with --input FILE, or - and pipe it in");
        }
        boolean open = encoding.contains("*");
        if (type == null && open) {
            throw Failure.usage(
                    method + " has to know the type of the file", "name it with --type, such as image/jpeg");
        }
        String actual = type == null ? encoding : type;
        boolean fits = encoding.equals("*/*")
                || actual.equals(encoding)
                || (encoding.endsWith("/*") && actual.startsWith(encoding.substring(0, encoding.length() - 1)));
        if (!fits) {
            throw Failure.usage(method + " takes a file of " + encoding + ", not " + actual, "check --type");
        }
        request.body(input.body(actual));
    }

    /** Refuses what is wrong, all at once. */
    private static void check(String what, TextValues.Reading reading, List<Violation> more, String hint) {
        Set<String> unread = reading.violations().stream().map(Violation::path).collect(Collectors.toSet());
        String wrong = Stream.concat(
                        reading.violations().stream(), more.stream().filter(v -> !unread.contains(v.path())))
                .map(v -> what + v.path().replaceFirst("^\\$\\.?", "") + ": expected " + v.expected() + ", got "
                        + v.got())
                .collect(Collectors.joining("; "));
        if (!wrong.isEmpty()) {
            throw Failure.usage(wrong, hint);
        }
    }

    private static String names(String what, Map<String, Schema> properties, Set<String> required) {
        return "the " + what + " are: "
                + properties.keySet().stream()
                        .map(name -> required.contains(name) ? name + " (required)" : name)
                        .collect(Collectors.joining(", "));
    }

    /** Makes a request of what no lexicon knows, or shall not be asked about. */
    static XrpcRequest.Builder unchecked(
            Nsid method,
            boolean procedure,
            List<Map.Entry<String, String>> pairs,
            @Nullable CallInput input,
            @Nullable String type) {
        XrpcRequest.Builder request = procedure ? XrpcRequest.procedure(method) : XrpcRequest.query(method);
        if (procedure && input == null) {
            if (!pairs.isEmpty()) {
                var fields = LexMap.builder();
                pairs.forEach(pair -> fields.put(pair.getKey(), guess(pair.getValue())));
                request.json(fields.build());
            }
            return request;
        }
        pairs.forEach(pair -> request.param(pair.getKey(), pair.getValue()));
        if (input != null) {
            if (type == null) {
                request.json(input.json());
            } else {
                request.body(input.body(type));
            }
        }
        return request;
    }

    private static LexValue guess(String text) {
        try {
            return LexJson.parse(text);
        } catch (DataException e) {
            return new LexString(text);
        }
    }

    private static void addParams(XrpcRequest.Builder request, LexMap params) {
        params.fields().forEach((name, value) -> {
            for (LexValue one : value instanceof LexList list ? list.items() : List.of(value)) {
                request.param(name, one instanceof LexString string ? string.value() : one.toString());
            }
        });
    }
}
