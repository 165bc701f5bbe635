// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.http.Headers;
import dev.atp4j.http.RequestBody;
import dev.atp4j.lex.Diagnostic;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.Nothing;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Query;
import dev.atp4j.lex.Upload;
import dev.atp4j.lex.XrpcFunction;
import dev.atp4j.lex.XrpcMethod;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.RecordKey;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns typed calls into requests, and answers into values. Thread-safe. */
final class Calls {

    private final Sender sender;
    private final Routes routes;
    private final Validation validation;
    private final CallOptions options;

    Calls(Sender sender, Routes routes, Validation validation, CallOptions options) {
        this.sender = sender;
        this.routes = routes;
        this.validation = validation;
        this.options = options;
    }

    /** Makes calls with exactly these options. */
    Calls using(CallOptions options) {
        return new Calls(sender, routes, validation, options);
    }

    /** Makes calls with more options on top. */
    Calls with(CallOptions... more) {
        CallOptions all = options;
        for (CallOptions each : more) {
            all = each.over(all);
        }
        return all == options ? this : new Calls(sender, routes, validation, all);
    }

    CallOptions options() {
        return options;
    }

    Sender sender() {
        return sender;
    }

    /** Returns the account that calls are made for. */
    Did own() {
        return sender.agent()
                .did()
                .orElseThrow(() -> new IllegalStateException("this client acts for no account; make it of a session"));
    }

    // ---- requests

    <A extends LexObject> XrpcRequest request(XrpcFunction<A, ?, ?> method, A argument) {
        if (method instanceof Query) {
            XrpcRequest.Builder request = XrpcRequest.query(method.nsid());
            params(method.nsid(), request, argument);
            return request.build();
        }
        XrpcRequest.Builder request = XrpcRequest.procedure(method.nsid());
        if (options.validate()) {
            validation.input(method.nsid(), argument instanceof Nothing ? null : argument.toMap());
        }
        if (!(argument instanceof Nothing)) {
            request.body(RequestBody.bytes(argument.toJson(), "application/json"));
        }
        return request.build();
    }

    <P extends LexObject> XrpcRequest request(Upload<P, ?, ?> method, P params, RequestBody body) {
        XrpcRequest.Builder request = XrpcRequest.procedure(method.nsid()).body(body);
        params(method.nsid(), request, params);
        return request.build();
    }

    XrpcRequest query(String nsid, Params params) {
        XrpcRequest.Builder request = XrpcRequest.query(nsid);
        params.to(request);
        if (options.validate()) {
            validation.params(Nsid.parse(nsid), params.toMap());
        }
        return request.build();
    }

    XrpcRequest procedure(String nsid, LexMap input) {
        if (options.validate()) {
            validation.input(Nsid.parse(nsid), input);
        }
        return XrpcRequest.procedure(nsid).json(input).build();
    }

    /** Checks a record before it is sent, if that is wanted. */
    void check(Nsid collection, RecordKey rkey, LexMap record) {
        if (options.validate()) {
            validation.record(collection, rkey, record);
        }
    }

    private void params(Nsid method, XrpcRequest.Builder request, LexObject params) {
        LexMap tree = params instanceof Nothing ? LexMap.empty() : params.toMap();
        if (options.validate()) {
            validation.params(method, tree);
        }
        tree.fields().forEach((name, value) -> param(request, name, value));
    }

    private static void param(XrpcRequest.Builder request, String name, LexValue value) {
        if (value instanceof LexString text) {
            request.param(name, text.value());
        } else if (value instanceof LexInteger number) {
            request.param(name, number.value());
        } else if (value instanceof LexBoolean truth) {
            request.param(name, truth.value());
        } else if (value instanceof LexList list) {
            list.items().forEach(item -> param(request, name, item));
        } else {
            throw new IllegalArgumentException("parameter " + name + " can be a text, an integer, a boolean or a list");
        }
    }

    // ---- sending

    /** Sends a call to whomever the options, or else the namespace, name. */
    XrpcResponse send(XrpcRequest request) {
        String service = options.decide(CallOptions.PROXY) || request.headers().contains(CallOptions.PROXY)
                ? null
                : routes.serviceOf(request.nsid());
        XrpcRequest complete = complete(request, options.headers(), service);
        boolean repeatable = !request.procedure() || options.repeatable();
        return sender.send(complete, repeatable ? options.retries() : Retries.none());
    }

    /** Sends a call that only the account's own server can answer, without proxy and labelers. */
    XrpcResponse sendOwn(XrpcRequest request, boolean repeatable) {
        return sender.send(own(request), repeatable ? options.retries() : Retries.none());
    }

    /** Completes a call that only the account's own server can answer. */
    XrpcRequest own(XrpcRequest request) {
        return complete(request, options.headers().without(CallOptions.PROXY).without(CallOptions.LABELERS), null);
    }

    private XrpcRequest complete(XrpcRequest request, Headers headers, @Nullable String service) {
        Duration timeout = request.timeout() == null ? options.timeout() : null;
        Long limit = request.maxResponseBytes() == XrpcRequest.DEFAULT_MAX_RESPONSE_BYTES
                ? options.maxResponseBytes()
                : null;
        if (headers.size() == 0 && service == null && timeout == null && limit == null) {
            return request;
        }
        XrpcRequest.Builder complete = request.toBuilder();
        headers.forEach((name, value) -> {
            if (!request.headers().contains(name)) {
                complete.header(name, value);
            }
        });
        if (service != null) {
            complete.proxy(service);
        }
        if (timeout != null) {
            complete.timeout(timeout);
        }
        if (limit != null) {
            complete.maxResponseBytes(limit);
        }
        return complete.build();
    }

    // ---- answers

    <O> O value(XrpcMethod<O> method, XrpcResponse response) {
        return read(method, response, Calls::forget);
    }

    <O> XrpcResult<O> result(XrpcMethod<O> method, XrpcResponse response) {
        var diagnostics = new ArrayList<Diagnostic>();
        O value = read(method, response, diagnostics::add);
        return new XrpcResult<>(response, value, diagnostics);
    }

    private static void forget(Diagnostic diagnostic) {}

    /** Checks what a streamed answer claims to be, since nobody else will. */
    XrpcResponse streamed(XrpcMethod<?> method, XrpcResponse response) {
        String wanted = method.outputEncoding();
        String given = response.headers().first("content-type").orElse(null);
        if (wanted != null && given != null && !MediaTypes.fits(wanted, given)) {
            response.close();
            throw other(method, given);
        }
        return response;
    }

    private static XrpcDecodeException other(XrpcMethod<?> method, String given) {
        return new XrpcDecodeException(
                method.nsid(),
                "the answer is " + MediaTypes.essence(given) + ", where " + method.outputEncoding() + " should be",
                null);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // a method without output gives null, which is all that Void has
    private static <O> O read(XrpcMethod<O> method, XrpcResponse response, Consumer<? super Diagnostic> diagnostics) {
        String wanted = method.outputEncoding();
        if (wanted == null) {
            return null;
        }
        String given = response.headers().first("content-type").orElse(wanted);
        boolean fits = MediaTypes.fits(wanted, given);
        ObjectType<?> type = method.output();
        if (type == null) {
            if (!fits) {
                throw other(method, given);
            }
            return (O) response.bytes();
        }
        // Many a server calls its JSON plain text; what counts is whether it is JSON.
        if (!fits) {
            diagnostics.accept(new Diagnostic("$", wanted, MediaTypes.essence(given)));
        }
        return (O) response.as(type, diagnostics);
    }
}
