// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.DagCbor;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.pds.server.Field.Form;
import dev.atp4j.pds.server.RateLimiter.Charge;
import dev.atp4j.pds.server.RateLimiter.Rule;
import dev.atp4j.pds.server.Repo.Commit;
import dev.atp4j.pds.server.Repo.Kind;
import dev.atp4j.pds.server.Repo.StoredRecord;
import dev.atp4j.pds.server.Repo.Swap;
import dev.atp4j.pds.server.Repo.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** {@code com.atproto.repo.*}, apart from blobs. */
final class RepoMethods {

    private static final int JSON_LIMIT = 1_000_000;
    private static final int MOST_WRITES = 200;
    private static final int DEFAULT_LIMIT = 50;
    private static final int LARGEST_LIMIT = 100;
    private static final Rule PER_HOUR = new Rule("repo-write-hour", 5000, Duration.ofHours(1));
    private static final Rule PER_DAY = new Rule("repo-write-day", 35_000, Duration.ofDays(1));

    private RepoMethods() {}

    static List<Method> all() {
        Field repo = Field.of("repo", Form.IDENTIFIER);
        Field collection = Field.of("collection", Form.NSID);
        Field rkey = Field.of("rkey", Form.KEY);
        Field record = Field.of("record", Form.OBJECT);
        Field swapCommit = Field.of("swapCommit", Form.CID).optional();
        Field cid = Field.of("cid", Form.CID).optional();
        return List.of(
                write("createRecord", call -> 3, repo, collection, rkey.optional(), record, swapCommit)
                        .does(RepoMethods::create),
                write("putRecord", call -> 2, repo, collection, rkey, record, swapCommit)
                        .does(RepoMethods::put),
                write("deleteRecord", call -> 1, repo, collection, rkey, swapCommit)
                        .does(RepoMethods::delete),
                write("applyWrites", RepoMethods::points, repo, Field.of("writes", Form.LIST), swapCommit)
                        .does(RepoMethods::applyWrites),
                Method.query("com.atproto.repo.getRecord", repo, collection, rkey, cid)
                        .does(RepoMethods::get),
                Method.query("com.atproto.repo.listRecords", repo, collection, Field.number("limit", 1, LARGEST_LIMIT))
                        .does(RepoMethods::list),
                Method.query("com.atproto.repo.describeRepo", repo).does(RepoMethods::describe));
    }

    private static Method write(String name, ToIntFunction<Call> points, Field... fields) {
        return Method.procedure("com.atproto.repo." + name)
                .json(fields)
                .jsonLimit(JSON_LIMIT)
                .auth(Auth.STANDARD)
                .costs(call -> {
                    String did = call.caller().did();
                    int price = points.applyAsInt(call);
                    return List.of(new Charge(PER_HOUR, did, price), new Charge(PER_DAY, did, price));
                });
    }

    private static int points(Call call) {
        int sum = 0;
        for (LexValue each : writes(call)) {
            String type =
                    each instanceof LexMap write ? write.getString("$type").orElse("") : "";
            sum += type.endsWith("#create") ? 3 : type.endsWith("#update") ? 2 : 1;
        }
        return sum;
    }

    private static LexList writes(Call call) {
        return call.input().getList("writes").orElseThrow();
    }

    /** Finds the account that a write names, which has to be the caller's own, and active. */
    private static AccountRow writer(Call call) {
        AccountRow account = call.service()
                .find(call.text("repo"))
                .orElseThrow(() -> new XrpcFailure(403, "AccountNotFound", "Account not found"));
        if (account.takenDown) {
            throw XrpcFailure.unauthorized("AccountTakedown", "Account has been taken down");
        }
        if (account.deactivated) {
            throw XrpcFailure.unauthorized("AccountDeactivated", "Account is deactivated");
        }
        if (!account.did.equals(call.caller().did())) {
            throw XrpcFailure.unauthorized("Authentication Required");
        }
        return account;
    }

    private static Reply create(Call call) {
        AccountRow account = writer(call);
        String rkey =
                call.input().getString("rkey").filter(text -> !text.isEmpty()).orElseGet(account.repo::newKey);
        Write write =
                new Write(Kind.CREATE, call.text("collection"), RecordRules.checkedKey(rkey), record(call), Swap.NONE);
        Commit commit = apply(call, account, List.of(write));
        return Reply.json(result(call, account, write, commit).build());
    }

    private static Reply put(Call call) {
        AccountRow account = writer(call);
        Optional<StoredRecord> current = account.repo.find(call.text("collection"), call.text("rkey"));
        Write write = new Write(
                current.isPresent() ? Kind.UPDATE : Kind.CREATE,
                call.text("collection"),
                RecordRules.checkedKey(call.text("rkey")),
                record(call),
                swap(call.input(), true));
        boolean same = current.map(StoredRecord::cid)
                .equals(Optional.ofNullable(write.value()).map(DagCbor::cid));
        Commit commit = same ? null : apply(call, account, List.of(write));
        return Reply.json(result(call, account, write, commit).build());
    }

    private static Reply delete(Call call) {
        AccountRow account = writer(call);
        if (account.repo.find(call.text("collection"), call.text("rkey")).isEmpty()) {
            return Reply.json(LexMap.empty());
        }
        Write write =
                new Write(Kind.DELETE, call.text("collection"), call.text("rkey"), null, swap(call.input(), false));
        Commit commit = apply(call, account, List.of(write));
        return Reply.json(LexMap.builder().put("commit", commit.json()).build());
    }

    private static Reply applyWrites(Call call) {
        AccountRow account = writer(call);
        LexList asked = writes(call);
        if (asked.size() > MOST_WRITES) {
            throw XrpcFailure.invalidRequest("Too many writes. Max: " + MOST_WRITES);
        }
        List<Write> writes = new ArrayList<>();
        List<LexValue> results = new ArrayList<>();
        for (LexValue each : asked) {
            Write write = write(call, account, each, writes.size());
            writes.add(write);
            String type = "com.atproto.repo.applyWrites#" + write.kind().name().toLowerCase(Locale.ROOT) + "Result";
            results.add((write.kind() == Kind.DELETE ? LexMap.builder() : result(call, account, write, null))
                    .put("$type", type)
                    .build());
        }
        Commit commit = apply(call, account, writes);
        return Reply.json(LexMap.builder()
                .put("commit", commit.json())
                .put("results", new LexList(results))
                .build());
    }

    private static Write write(Call call, AccountRow account, LexValue asked, int index) {
        LexMap write = asked instanceof LexMap map ? map : LexMap.empty();
        String path = "$.writes[" + index + "].record";
        String type = write.getString("$type").orElse("");
        String collection = write.getString("collection").orElse("");
        String rkey = RecordRules.checkedKey(write.getString("rkey").orElseGet(account.repo::newKey));
        return switch (type) {
            case "com.atproto.repo.applyWrites#create" ->
                new Write(Kind.CREATE, collection, rkey, value(call, write, collection, path), Swap.NONE);
            case "com.atproto.repo.applyWrites#update" ->
                new Write(Kind.UPDATE, collection, rkey, value(call, write, collection, path), Swap.NONE);
            case "com.atproto.repo.applyWrites#delete" -> new Write(Kind.DELETE, collection, rkey, null, Swap.NONE);
            default ->
                throw XrpcFailure.invalidRequest("Expected one of \"com.atproto.repo.applyWrites#create\","
                        + " \"com.atproto.repo.applyWrites#update\" or \"com.atproto.repo.applyWrites#delete\" (got \""
                        + type + "\") at $.writes[" + index + "].$type");
        };
    }

    private static LexMap value(Call call, LexMap write, String collection, String path) {
        return RecordRules.checked(write.get("value"), collection, path, validate(call));
    }

    /** Makes the changes, after a look at the blobs that they refer to. */
    private static Commit apply(Call call, AccountRow account, List<Write> writes) {
        List<String> blobs = writes.stream()
                .flatMap(write -> Optional.ofNullable(write.value()).stream())
                .flatMap(record -> RecordRules.blobs(record).stream())
                .toList();
        for (String cid : blobs) {
            if (!account.repo.hasBlob(cid)) {
                throw XrpcFailure.invalidRequest("BlobNotFound", "Could not find blob: " + cid);
            }
        }
        Commit commit =
                account.repo.apply(writes, call.input().getString("swapCommit").orElse(null));
        blobs.forEach(account.repo::keepBlob);
        return commit;
    }

    private static LexMap record(Call call) {
        return RecordRules.checked(call.input().get("record"), call.text("collection"), "$.record", validate(call));
    }

    private static Optional<Boolean> validate(Call call) {
        return call.input().getBoolean("validate");
    }

    /** Reads {@code swapRecord}; where null is allowed, it means that there must be no record. */
    private static Swap swap(LexMap input, boolean nullCounts) {
        LexValue stated = input.get("swapRecord");
        if (stated instanceof LexString cid && !cid.value().isEmpty()) {
            return new Swap(true, cid.value());
        }
        return stated == LexNull.NULL && nullCounts ? new Swap(true, null) : Swap.NONE;
    }

    private static LexMap.Builder result(Call call, AccountRow account, Write write, @Nullable Commit commit) {
        LexValue stored = write.value() == null ? LexNull.NULL : write.value();
        LexMap.Builder result = LexMap.builder()
                .put("uri", uri(account, write.collection(), write.rkey()))
                .put("cid", DagCbor.cid(stored).value());
        if (commit != null) {
            result.put("commit", commit.json());
        }
        return result.put("validationStatus", RecordRules.status(write.collection(), validate(call)));
    }

    private static String uri(AccountRow account, String collection, String rkey) {
        return "at://" + account.did + "/" + collection + "/" + rkey;
    }

    private static Reply get(Call call) {
        AccountRow account = call.service()
                .findActive(call.parameters().get("repo"))
                .orElseThrow(() -> XrpcFailure.invalidRequest("Could not locate record"));
        String collection = call.parameters().get("collection");
        String rkey = call.parameters().get("rkey");
        String uri = uri(account, collection, rkey);
        Optional<String> cid = call.parameters().find("cid");
        StoredRecord record = account.repo
                .find(collection, rkey)
                .filter(found -> cid.isEmpty() || cid.get().equals(found.cid().value()))
                .orElseThrow(() -> XrpcFailure.invalidRequest("RecordNotFound", "Could not locate record: " + uri));
        return Reply.json(view(uri, record));
    }

    private static LexMap view(String uri, StoredRecord record) {
        return LexMap.builder()
                .put("uri", uri)
                .put("cid", record.cid().value())
                .put("value", record.value())
                .build();
    }

    private static Reply list(Call call) {
        String repo = call.parameters().get("repo");
        AccountRow account = call.service()
                .findActive(repo)
                .orElseThrow(() -> XrpcFailure.invalidRequest("Could not find repo: " + repo));
        String collection = call.parameters().get("collection");
        boolean reverse =
                call.parameters().find("reverse").filter("true"::equals).isPresent();
        long limit = call.parameters().number("limit", DEFAULT_LIMIT);
        List<LexValue> records = new ArrayList<>();
        String last = null;
        for (Map.Entry<String, StoredRecord> each :
                page(account, collection, reverse, call).entrySet()) {
            if (records.size() == limit) {
                break;
            }
            last = each.getKey();
            records.add(view(uri(account, collection, last), each.getValue()));
        }
        return Reply.json(LexMap.builder()
                .put("records", new LexList(records))
                .put("cursor", last)
                .build());
    }

    /** Newest first, unless reversed; from behind the cursor on. */
    private static NavigableMap<String, StoredRecord> page(
            AccountRow account, String collection, boolean reverse, Call call) {
        NavigableMap<String, StoredRecord> records = account.repo.records(collection);
        NavigableMap<String, StoredRecord> ordered = reverse ? records : records.descendingMap();
        return call.parameters()
                .find("cursor")
                .map(cursor -> ordered.tailMap(cursor, false))
                .orElse(ordered);
    }

    private static Reply describe(Call call) {
        AccountRow account =
                BlobMethods.available(call.service(), call.parameters().get("repo"), false);
        List<LexValue> collections = account.repo.collections().stream()
                .<LexValue>map(LexString::new)
                .toList();
        return Reply.json(LexMap.builder()
                .put("handle", account.handle)
                .put("did", account.did)
                .put("didDoc", call.box().directory().document(account.did).orElse(LexMap.empty()))
                .put("collections", new LexList(collections))
                .put("handleIsCorrect", true)
                .build());
    }
}
