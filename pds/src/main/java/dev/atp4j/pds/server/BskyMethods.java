// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.Datetime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The few methods of Bluesky's AppView and chat that a client needs to have something to read. They answer from the
 * records of this server.
 */
final class BskyMethods {

    static final String CHAT = "chat.bsky.";

    private static final String POSTS = "app.bsky.feed.post";
    private static final String PROFILES = "app.bsky.actor.profile";
    private static final int DEFAULT_LIMIT = 50;
    private static final int LARGEST_LIMIT = 100;

    private BskyMethods() {}

    static List<Method> all() {
        return List.of(
                Method.query("app.bsky.feed.getTimeline", Field.number("limit", 1, LARGEST_LIMIT))
                        .auth(Auth.STANDARD)
                        .does(BskyMethods::timeline),
                Method.query("app.bsky.actor.getProfile", Field.of("actor", Field.Form.IDENTIFIER))
                        .auth(Auth.STANDARD)
                        .does(BskyMethods::profile),
                Method.query("app.bsky.actor.getPreferences")
                        .auth(Auth.STANDARD.plus(Scope.TAKENDOWN))
                        .does(BskyMethods::preferences),
                Method.procedure("app.bsky.actor.putPreferences")
                        .json(Field.of("preferences", Field.Form.LIST))
                        .auth(Auth.STANDARD.checkTakedown())
                        .does(BskyMethods::putPreferences),
                Method.query("chat.bsky.convo.listConvos").auth(Auth.STANDARD).does(BskyMethods::conversations));
    }

    /** Refuses what ordinary app passwords may not do. */
    static void checkPrivilege(Call call, String nsid) {
        if (nsid.startsWith(CHAT) && !Scope.PRIVILEGED.contains(call.caller().scope())) {
            throw XrpcFailure.invalidRequest("InvalidToken", "Bad token method");
        }
    }

    private static Reply conversations(Call call) {
        checkPrivilege(call, "chat.bsky.convo.listConvos");
        return Reply.json(LexMap.builder().put("convos", new LexList(List.of())).build());
    }

    private static Reply preferences(Call call) {
        AccountRow account = call.account().orElseThrow(XrpcFailure::internal);
        return Reply.json(
                LexMap.builder().put("preferences", account.preferences).build());
    }

    private static Reply putPreferences(Call call) {
        LexList preferences = call.input().getList("preferences").orElseThrow(XrpcFailure::internal);
        for (LexValue preference : preferences) {
            String type =
                    preference instanceof LexMap map ? map.getString("$type").orElse("") : "";
            if (type.isEmpty()) {
                throw XrpcFailure.invalidRequest("Preference is missing a $type");
            } else if (!type.startsWith("app.bsky.")) {
                throw XrpcFailure.invalidRequest("Some preferences are not in the app.bsky namespace");
            }
        }
        call.account().orElseThrow(XrpcFailure::internal).preferences = preferences;
        return Reply.EMPTY;
    }

    /** A post and who wrote it. */
    private record Post(AccountRow author, String rkey, Repo.StoredRecord stored) {

        LexMap view() {
            LexMap post = LexMap.builder()
                    .put("uri", "at://" + author.did + "/" + POSTS + "/" + rkey)
                    .put("cid", stored.cid().value())
                    .put("author", basics(author).build())
                    .put("record", stored.value())
                    .put("replyCount", 0)
                    .put("repostCount", 0)
                    .put("likeCount", 0)
                    .put("quoteCount", 0)
                    .put("indexedAt", Datetime.of(stored.indexedAt()).value())
                    .build();
            return LexMap.builder().put("post", post).build();
        }
    }

    /** Everybody follows everybody here: the newest posts of all accounts. */
    private static Reply timeline(Call call) {
        int limit = (int) call.parameters().number("limit", DEFAULT_LIMIT);
        String cursor = call.parameters().find("cursor").orElse("~");
        List<Post> posts = call.service().accounts.values().stream()
                .filter(AccountRow::active)
                .flatMap(BskyMethods::posts)
                .filter(post -> post.rkey().compareTo(cursor) < 0)
                .sorted(Comparator.comparing(Post::rkey).reversed())
                .limit(limit)
                .toList();
        List<LexValue> feed = posts.stream().<LexValue>map(Post::view).toList();
        LexMap.Builder answer = LexMap.builder();
        if (posts.size() == limit) {
            answer.put("cursor", posts.get(limit - 1).rkey());
        }
        return Reply.json(answer.put("feed", new LexList(feed)).build());
    }

    private static Stream<Post> posts(AccountRow account) {
        return account.repo.records(POSTS).entrySet().stream()
                .map((Map.Entry<String, Repo.StoredRecord> each) -> new Post(account, each.getKey(), each.getValue()));
    }

    private static Reply profile(Call call) {
        AccountRow account = call.service()
                .findActive(call.parameters().get("actor"))
                .orElseThrow(() -> XrpcFailure.invalidRequest("Profile not found"));
        LexMap.Builder profile = basics(account);
        account.repo
                .find(PROFILES, "self")
                .flatMap(stored -> stored.value().getString("description"))
                .ifPresent(text -> profile.put("description", text));
        return Reply.json(profile.put("followersCount", 0)
                .put("followsCount", 0)
                .put("postsCount", account.repo.records(POSTS).size())
                .put("createdAt", Datetime.of(account.createdAt).value())
                .build());
    }

    private static LexMap.Builder basics(AccountRow account) {
        LexMap.Builder author = LexMap.builder().put("did", account.did).put("handle", account.handle);
        account.repo
                .find(PROFILES, "self")
                .flatMap(stored -> stored.value().getString("displayName"))
                .ifPresent(text -> author.put("displayName", text));
        return author;
    }
}
