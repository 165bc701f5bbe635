// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import dev.atp4j.client.AtpClient;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The preferences of an account in Bluesky's apps. Thread-safe.
 *
 * <p>The server keeps them as one list, and whoever changes an entry sends the whole list back. So nothing is lost here that
 * this library does not know; changes of one account within one process wait for each other; each begins with reading anew;
 * and after each it is read whether it is there, as another program may have sent back an older list meanwhile.
 *
 * <pre>{@code
 * AccountPreferences preferences = AccountPreferences.of(client);
 * preferences.change(p -> p.adultContent(false).muteWord("spoiler"));
 * }</pre>
 */
public final class AccountPreferences {

    private static final Nsid GET = Nsid.parse("app.bsky.actor.getPreferences");
    private static final Nsid PUT = Nsid.parse("app.bsky.actor.putPreferences");
    private static final String FIELD = "preferences";

    /** How often a change is made before others that undo it win. */
    private static final int TRIES = 4;

    /** By account; a few accounts share one, which costs waiting and nothing else. */
    private static final ReentrantLock[] LOCKS = new ReentrantLock[64];

    static {
        for (int i = 0; i < LOCKS.length; i++) {
            LOCKS[i] = new ReentrantLock();
        }
    }

    private final AtpClient client;
    private final ReentrantLock lock;

    private AccountPreferences(AtpClient client, Did account) {
        this.client = client;
        this.lock = LOCKS[Math.floorMod(account.hashCode(), LOCKS.length)];
    }

    /**
     * Takes the preferences of a client's account. Nothing is read yet.
     *
     * @param client the account's client
     * @return its preferences
     * @throws IllegalStateException if the client acts for no account
     */
    public static AccountPreferences of(AtpClient client) {
        Did account = client.did()
                .orElseThrow(() -> new IllegalStateException("only an account has preferences; log in first"));
        return new AccountPreferences(client, account);
    }

    /**
     * Reads the preferences.
     *
     * @return all entries
     * @throws dev.atp4j.xrpc.XrpcException if the server answers with an error
     * @throws dev.atp4j.http.TransportException if there is no answer
     */
    public PreferenceList read() {
        LexMap answer = client.send(XrpcRequest.query(GET).build()).json();
        if (!(answer.get(FIELD) instanceof LexList entries)) {
            // Taking this for an empty list would delete all of them with the next change.
            throw new XrpcDecodeException(GET, "the answer has no list of preferences", null);
        }
        return new PreferenceList(entries);
    }

    /**
     * Changes the preferences. They are read, changed and written, unless the change makes no difference; then it is read
     * whether the change is there, and if another program has undone it, it is made again.
     *
     * @param change what to do; it may run several times, each time on what is there then, and must itself change no
     *     preferences by other ways
     * @return the preferences with the change
     * @throws PreferencesConflictException if other programs undid the change again and again
     * @throws IllegalStateException if a change calls for another change
     * @throws dev.atp4j.xrpc.XrpcException if the server answers with an error
     * @throws dev.atp4j.http.TransportException if there is no answer; what was sent may have arrived
     */
    public PreferenceList change(Consumer<? super PreferenceEditor> change) {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("a change of preferences cannot call for another");
        }
        lock.lock();
        try {
            PreferenceList before = read();
            for (int i = 0; i < TRIES; i++) {
                var editor = new PreferenceEditor(before);
                change.accept(editor);
                PreferenceList after = editor.list();
                if (after.equals(before)) {
                    return before;
                }
                client.post(
                        PUT.value(), LexMap.builder().put(FIELD, after.raw()).build());
                PreferenceList there = read();
                if (isIn(there, before, after)) {
                    return there;
                }
                before = there;
            }
        } finally {
            lock.unlock();
        }
        throw new PreferencesConflictException();
    }

    /** Tells whether what a change added is there, and what it removed is not. */
    private static boolean isIn(PreferenceList there, PreferenceList before, PreferenceList after) {
        List<LexValue> entries = there.raw().items();
        List<LexValue> removed = less(before, after);
        return less(after, before).stream().allMatch(added -> entries.stream().anyMatch(entry -> holds(entry, added)))
                && less(removed, entries).equals(removed);
    }

    /** Tells whether a value holds another. The server may have filled in defaults. */
    private static boolean holds(LexValue whole, LexValue part) {
        if (whole instanceof LexMap map && part instanceof LexMap fields) {
            return fields.fields().entrySet().stream().allMatch(field -> {
                LexValue value = map.get(field.getKey());
                return value != null && holds(value, field.getValue());
            });
        }
        if (whole instanceof LexList list && part instanceof LexList items) {
            return list.size() == items.size()
                    && IntStream.range(0, items.size()).allMatch(i -> holds(list.get(i), items.get(i)));
        }
        return whole.equals(part);
    }

    private static List<LexValue> less(PreferenceList one, PreferenceList other) {
        return less(one.raw().items(), other.raw().items());
    }

    private static List<LexValue> less(List<LexValue> one, List<LexValue> other) {
        List<LexValue> rest = new ArrayList<>(one);
        other.forEach(rest::remove);
        return rest;
    }
}
