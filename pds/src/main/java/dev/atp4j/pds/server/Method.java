// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.server.RateLimiter.Charge;
import java.util.List;
import java.util.function.Function;

/** One XRPC method: what it takes, who may call it, what it costs and what it does. Set up once, then only read. */
final class Method {

    private static final int JSON_LIMIT = 150 * 1024;

    private final String nsid;
    private final boolean query;
    private Input input = Input.NONE;
    private int jsonLimit = JSON_LIMIT;
    private List<Field> fields = List.of();
    private Auth auth = Auth.NONE;
    private boolean aboutAccounts;
    private Function<Call, List<Charge>> charges = call -> List.of();
    private Function<Call, Reply> action = call -> Reply.EMPTY;

    private Method(String nsid, boolean query) {
        this.nsid = nsid;
        this.query = query;
    }

    /** What a method takes as its body. */
    enum Input {
        NONE,
        JSON,
        ANYTHING,
        UNCHECKED
    }

    /** Starts a method that is called by GET, with these parameters. */
    static Method query(String nsid, Field... parameters) {
        var method = new Method(nsid, true);
        method.fields = List.of(parameters);
        return method;
    }

    /** Starts a method that is called by POST without a body. */
    static Method procedure(String nsid) {
        return new Method(nsid, false);
    }

    /** Takes a JSON object, with these fields and perhaps more. */
    Method json(Field... known) {
        input = Input.JSON;
        fields = List.of(known);
        return this;
    }

    /** Takes a JSON object of up to so many bytes. */
    Method jsonLimit(int bytes) {
        jsonLimit = bytes;
        return this;
    }

    /** Takes bytes of any media type. */
    Method anything() {
        input = Input.ANYTHING;
        return this;
    }

    /** Takes whatever comes. */
    Method unchecked() {
        input = Input.UNCHECKED;
        return this;
    }

    Method auth(Auth who) {
        auth = who;
        return this;
    }

    /** Is answered by the entryway itself, if there is one, and not passed on to a PDS. */
    Method aboutAccounts() {
        aboutAccounts = true;
        return this;
    }

    Method costs(Function<Call, List<Charge>> price) {
        charges = price;
        return this;
    }

    Method does(Function<Call, Reply> work) {
        action = work;
        return this;
    }

    String nsid() {
        return nsid;
    }

    String verb() {
        return query ? "GET" : "POST";
    }

    boolean accepts(String verb) {
        return query ? verb.equals("GET") || verb.equals("HEAD") : verb.equals("POST");
    }

    Auth auth() {
        return auth;
    }

    boolean isAboutAccounts() {
        return aboutAccounts;
    }

    List<Charge> charges(Call call) {
        return charges.apply(call);
    }

    Reply reply(Call call) {
        return action.apply(call);
    }

    /** Checks the parameters of a query. */
    void check(Parameters parameters) {
        if (query) {
            fields.forEach(field -> field.check(nsid, parameters));
        }
    }

    /** Checks the body and reads it if it is JSON. */
    LexMap input(Body body) {
        switch (input) {
            case NONE -> body.expectNone();
            case ANYTHING -> {
                body.expectSome();
                body.mediaType();
            }
            case JSON -> {
                body.expectSome();
                LexMap map = body.json(jsonLimit);
                fields.forEach(field -> field.check(map));
                return map;
            }
            case UNCHECKED -> {}
        }
        return LexMap.empty();
    }
}
