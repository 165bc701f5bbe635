// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.pds.wire.Answer;
import dev.atp4j.pds.wire.Handler;
import dev.atp4j.pds.wire.Request;
import dev.atp4j.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The administrator's interface over HTTP, in JSON. Paths are relative to {@link EmbeddedPds#adminUrl()}.
 *
 * <pre>{@code
 * GET    ""                  {"url", "pdsUrl", "plcUrl"}
 * GET    clock               {"now"}
 * POST   clock               {"advanceSeconds": n}; answers like GET
 * GET    faults              what waits, as texts
 * POST   faults              one fault, see FaultJson; answers like GET
 * DELETE faults
 * GET    gates/NAME          {"arrivals": n}
 * POST   gates/NAME          opens the gate; answers like GET
 * GET    journal             [{"nsid", "status", "at", "account", "token", "side", "faulted"}]
 * DELETE journal
 * POST   accounts            {"handle", "password", "email"?}; answers {"did", "handle", "email"}
 * POST   accounts/ACTION     {"account": DID, handle or address, ...}; answers {} unless said otherwise
 *   takeDown, restore, deactivate, activate, delete, requireAuthFactor, dropAuthFactor
 *   resetPassword            "password"
 *   changeHandle             "handle"
 *   createAppPassword        "name", "privileged"?; answers {"password"}
 *   revokeAppPassword        "name"
 *   latestEmailCode          answers {"code"}; without it if there was none
 *   move                     answers {"pdsUrl"}
 *   refreshTokens            answers [{"jti", "expiresAt", "successor"?, "appPassword"?}]
 * }</pre>
 *
 * <p>Wrong input is answered by 400, an unknown path or account by 404, each with a {@code message}. In front of a
 * remote server there are only faults, gates and journal.
 */
final class Admin implements Handler {

    private final URI url;
    private final Faults faults;
    private final Journal journal;
    private final @Nullable EmbeddedPds pds;
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    private Admin(URI url, Faults faults, Journal journal, @Nullable EmbeddedPds pds) {
        this.url = url;
        this.faults = faults;
        this.journal = journal;
        this.pds = pds;
    }

    Admin(URI url, Faults faults, Journal journal) {
        this(url, faults, journal, null);
    }

    Admin(EmbeddedPds pds) {
        this(pds.url(), pds.faults(), pds.journal(), pds);
    }

    @Override
    public Answer answer(Request request) {
        try {
            return Answer.json(200, value(request));
        } catch (NoSuchElementException e) {
            return error(404, e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return error(400, e);
        }
    }

    private static Answer error(int status, RuntimeException e) {
        return Answer.json(
                status, LexMap.builder().put("message", e.getMessage()).build());
    }

    private LexValue value(Request request) {
        String path = request.path();
        LexMap input = request.body().length == 0 ? LexMap.empty() : LexJson.parseMap(request.body());
        if (path.startsWith("gates/")) {
            return gate(request.method(), path.substring("gates/".length()));
        }
        if (path.startsWith("accounts/") && request.method().equals("POST")) {
            return account(path.substring("accounts/".length()), input);
        }
        return switch (request.method() + " " + path) {
            case "GET " -> urls();
            case "GET clock" -> clock();
            case "POST clock" -> {
                pds().time()
                        .advance(Duration.ofSeconds(input.getLong("advanceSeconds")
                                .orElseThrow(() -> new IllegalArgumentException("\"advanceSeconds\" is missing"))));
                yield clock();
            }
            case "GET faults" -> pending();
            case "POST faults" -> {
                faults.add(FaultJson.read(input, this::gate));
                yield pending();
            }
            case "DELETE faults" -> {
                faults.clear();
                yield pending();
            }
            case "GET journal" -> entries();
            case "DELETE journal" -> {
                journal.clear();
                yield entries();
            }
            case "POST accounts" -> create(input);
            default -> throw new NoSuchElementException("nothing here: " + request.method() + " " + path);
        };
    }

    private EmbeddedPds pds() {
        if (pds == null) {
            throw new NoSuchElementException("only the embedded PDS has this");
        }
        return pds;
    }

    private LexMap urls() {
        LexMap.Builder urls = LexMap.builder().put("url", url.toString());
        if (pds != null) {
            urls.put("pdsUrl", pds.pdsUrl().toString())
                    .put("plcUrl", pds.plcUrl().toString());
        }
        return urls.build();
    }

    private LexMap clock() {
        return LexMap.builder().put("now", pds().time().now().toString()).build();
    }

    private LexList pending() {
        return new LexList(faults.pending().stream()
                .<LexValue>map(fault -> new LexString(fault.toString()))
                .toList());
    }

    private Gate gate(String name) {
        return gates.computeIfAbsent(name, key -> new Gate());
    }

    private LexMap gate(String method, String name) {
        Gate gate = gate(name);
        if (method.equals("POST")) {
            gate.open();
        }
        return LexMap.builder().put("arrivals", gate.arrivals()).build();
    }

    private LexList entries() {
        return new LexList(journal.entries().stream()
                .<LexValue>map(entry -> LexMap.builder()
                        .put("nsid", entry.nsid())
                        .put("status", entry.status())
                        .put("at", entry.at().toString())
                        .put("account", entry.account())
                        .put("token", entry.tokenHash())
                        .put("side", entry.side().name())
                        .put("faulted", entry.faulted())
                        .build())
                .toList());
    }

    private Account find(String name) {
        return pds().accounts().find(name).orElseThrow(() -> new NoSuchElementException("no account " + name));
    }

    private LexMap create(LexMap input) {
        String handle = text(input, "handle");
        String password = text(input, "password");
        Account account = input.getString("email")
                .map(email -> pds().accounts().create(handle, password, email))
                .orElseGet(() -> pds().accounts().create(handle, password));
        return LexMap.builder()
                .put("did", account.did().value())
                .put("handle", account.handle().value())
                .put("email", account.email())
                .build();
    }

    private LexValue account(String action, LexMap input) {
        Accounts accounts = pds().accounts();
        Did did = find(text(input, "account")).did();
        switch (action) {
            case "takeDown" -> accounts.takeDown(did);
            case "restore" -> accounts.restore(did);
            case "deactivate" -> accounts.deactivate(did);
            case "activate" -> accounts.activate(did);
            case "delete" -> accounts.delete(did);
            case "requireAuthFactor" -> accounts.requireAuthFactor(did);
            case "dropAuthFactor" -> accounts.dropAuthFactor(did);
            case "resetPassword" -> accounts.resetPassword(did, text(input, "password"));
            case "changeHandle" -> accounts.changeHandle(did, text(input, "handle"));
            case "createAppPassword" -> {
                boolean privileged = input.getBoolean("privileged").orElse(false);
                return LexMap.builder()
                        .put("password", accounts.createAppPassword(did, text(input, "name"), privileged))
                        .build();
            }
            case "revokeAppPassword" -> accounts.revokeAppPassword(did, text(input, "name"));
            case "latestEmailCode" -> {
                return LexMap.builder()
                        .put("code", accounts.latestEmailCode(did).orElse(null))
                        .build();
            }
            case "move" -> {
                return LexMap.builder()
                        .put("pdsUrl", accounts.move(did).toString())
                        .build();
            }
            case "refreshTokens" -> {
                return tokens(accounts.refreshTokens(did));
            }
            default -> throw new NoSuchElementException("no action " + action);
        }
        return LexMap.empty();
    }

    private static LexList tokens(List<Accounts.RefreshToken> tokens) {
        return new LexList(tokens.stream()
                .<LexValue>map(token -> LexMap.builder()
                        .put("jti", token.jti())
                        .put("expiresAt", token.expiresAt().toString())
                        .put("successor", token.successor())
                        .put("appPassword", token.appPassword())
                        .build())
                .toList());
    }

    private static String text(LexMap input, String name) {
        return input.getString(name)
                .orElseThrow(() -> new IllegalArgumentException("the text \"" + name + "\" is missing"));
    }
}
