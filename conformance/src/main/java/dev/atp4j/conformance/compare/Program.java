// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A program that uses a client: it does what a scenario says, and nothing else. */
final class Program {

    /** An authenticated call that neither servers nor clients treat in a special way. */
    static final String ORDINARY = "com.atproto.server.listAppPasswords";

    private final Driver driver;

    private Program(Driver driver) {
        this.driver = driver;
    }

    /** Describes a program. */
    static LexMap.Builder settings(URI service, URI plc, Path folder, Duration passed, Duration skew) {
        return LexMap.builder()
                .put("service", service.toString())
                .put("plc", plc.toString())
                .put("folder", folder.toString())
                .put("home", LexList.of(new LexString(service.toString()), new LexString(plc.toString())))
                .put("clock", passed.toSeconds())
                .put("skew", skew.toSeconds());
    }

    /** Starts a program, unless the process has ended meanwhile. */
    static Optional<Program> start(Driver driver, LexMap.Builder settings) {
        var program = new Program(driver);
        Reply reply = program.ask("start", settings);
        if (reply.ending() == Reply.Ending.ENDED) {
            return Optional.empty();
        }
        if (!reply.done()) {
            throw new IllegalStateException("a program can't start: " + reply.story());
        }
        return Optional.of(program);
    }

    private Reply must(String what, LexMap.Builder more) {
        Reply reply = ask(what, more);
        if (!reply.done()) {
            throw new IllegalStateException("a program can't " + what + ": " + reply.story());
        }
        return reply;
    }

    private Reply ask(String what, LexMap.Builder more) {
        return driver.await(driver.give(what, more));
    }

    Reply logIn(String identifier, String password) {
        return ask("login", LexMap.builder().put("identifier", identifier).put("password", password));
    }

    Reply logIn(LexMap.Builder more) {
        return ask("login", more);
    }

    Reply logInBy(String url) {
        return ask("loginUrl", LexMap.builder().put("url", url));
    }

    Reply resume(String did) {
        return ask("resume", LexMap.builder().put("did", did));
    }

    Reply call() {
        return await(calling());
    }

    Reply call(LexMap.Builder call) {
        return ask("call", call);
    }

    Reply get(String path) {
        return call(LexMap.builder().put("path", path));
    }

    /** Makes a call that gives up soon if it has to wait. */
    Reply callInHaste() {
        return call(LexMap.builder().put("path", "/xrpc/" + ORDINARY).put("patience", 400));
    }

    Driver.Order calling() {
        return driver.give("call", LexMap.builder().put("path", "/xrpc/" + ORDINARY));
    }

    Driver.Order refreshing() {
        return driver.give("refresh", LexMap.builder());
    }

    Reply refresh() {
        return await(refreshing());
    }

    Driver.Order loggingOut() {
        return driver.give("logout", LexMap.builder());
    }

    Reply logOut() {
        return await(loggingOut());
    }

    Reply await(Driver.Order order) {
        return driver.await(order);
    }

    void abort(Driver.Order order) {
        must("abort", LexMap.builder().put("order", order.id()));
    }

    void passTo(Duration passed) {
        ask("clock", LexMap.builder().put("seconds", passed.toSeconds()));
    }

    void disk(boolean fails) {
        must("disk", LexMap.builder().put("fails", fails));
    }

    void hook(String event, String does) {
        must("hook", LexMap.builder().put("event", event).put("does", does));
    }

    boolean alive() {
        return tell().body().getBoolean("alive").orElse(false);
    }

    List<String> events() {
        return tell().texts("events");
    }

    List<String> strays() {
        return tell().texts("strays");
    }

    /** Returns how many of its requests have come to an end. */
    long answers() {
        return tell().body().getLong("answers").orElse(0L);
    }

    /** Returns whose session the program has, in the client's own view. */
    String did() {
        return tell().body().getString("did").orElse("");
    }

    List<String> shown() {
        return must("print", LexMap.builder()).texts("shown");
    }

    /** What a program that has ended would say is nothing. */
    private Reply tell() {
        Reply reply = ask("tell", LexMap.builder());
        return reply.ending() == Reply.Ending.ENDED ? reply : must("tell", LexMap.builder());
    }

    void kill() {
        driver.kill();
    }
}
