// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import dev.atp4j.api.app.bsky.actor.AdultContentPref;
import dev.atp4j.api.app.bsky.actor.ContentLabelPref;
import dev.atp4j.api.app.bsky.actor.HiddenPostsPref;
import dev.atp4j.api.app.bsky.actor.InterestsPref;
import dev.atp4j.api.app.bsky.actor.LabelerPrefItem;
import dev.atp4j.api.app.bsky.actor.LabelersPref;
import dev.atp4j.api.app.bsky.actor.MutedWord;
import dev.atp4j.api.app.bsky.actor.MutedWordsPref;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Did;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Changes preferences. What is not changed stays as it is, in its place, known to this library or not. Confined to one thread.
 */
public final class PreferenceEditor {

    private static final String ITEMS = "items";
    private static final String LABELERS = "labelers";

    private final List<LexValue> entries;

    PreferenceEditor(PreferenceList preferences) {
        this.entries = new ArrayList<>(preferences.raw().items());
    }

    /**
     * Returns the preferences as they are by now.
     *
     * @return a copy
     */
    public PreferenceList list() {
        return new PreferenceList(new LexList(entries));
    }

    /**
     * Finds the one entry of a kind.
     *
     * @param type the kind
     * @return the last entry of it, which is the one that counts, or empty
     * @param <T> the kind's class
     */
    public <T extends LexObject> Optional<T> find(ObjectType<T> type) {
        return list().find(type);
    }

    /**
     * Sets the one entry of a kind, in place of any that there is.
     *
     * @param entry the entry
     * @return this editor
     */
    public PreferenceEditor set(LexObject entry) {
        return set(entry, entry.type(), any -> true);
    }

    /**
     * Sets an entry of a kind that there may be several of, in place of those that it replaces.
     *
     * @param entry the entry
     * @param type its type
     * @param replaced which entries of the kind it stands for
     * @return this editor
     * @param <T> the kind's class
     */
    public <T extends LexObject> PreferenceEditor set(
            LexObject entry, ObjectType<T> type, Predicate<? super T> replaced) {
        int place = removeAll(type, replaced);
        entries.add(place < 0 ? entries.size() : place, entry.toTypedMap());
        return this;
    }

    /**
     * Removes entries of a kind.
     *
     * @param type the kind
     * @param which which of them
     * @return this editor
     * @param <T> the kind's class
     */
    public <T extends LexObject> PreferenceEditor remove(ObjectType<T> type, Predicate<? super T> which) {
        removeAll(type, which);
        return this;
    }

    /** Returns the place of the first entry that was removed, or -1. */
    private <T extends LexObject> int removeAll(ObjectType<T> type, Predicate<? super T> which) {
        int first = -1;
        for (int i = 0; i < entries.size(); ) {
            LexValue entry = entries.get(i);
            if (PreferenceList.is(entry, type) && which.test(type.fromMap((LexMap) entry))) {
                entries.remove(i);
                first = first < 0 ? i : first;
            } else {
                i++;
            }
        }
        return first;
    }

    // ---- the common ones

    /**
     * Says whether adult content may be shown.
     *
     * @param enabled whether it may
     * @return this editor
     */
    public PreferenceEditor adultContent(boolean enabled) {
        return set(find(AdultContentPref.TYPE)
                .map(AdultContentPref::toBuilder)
                .orElseGet(AdultContentPref::builder)
                .enabled(enabled)
                .build());
    }

    /**
     * Says what happens to posts with a label.
     *
     * @param label the label
     * @param visibility {@code ignore}, {@code show}, {@code warn} or {@code hide}
     * @param labeler whose label, or null for labels of the network's own
     * @return this editor
     */
    public PreferenceEditor contentLabel(String label, String visibility, @Nullable Did labeler) {
        ContentLabelPref.Builder entry = ContentLabelPref.builder().label(label).visibility(visibility);
        if (labeler != null) {
            entry.labelerDid(labeler);
        }
        String whose = labeler == null ? null : labeler.value();
        return set(
                entry.build(),
                ContentLabelPref.TYPE,
                other -> Optional.of(label).equals(other.toMap().getString("label"))
                        && Optional.ofNullable(whose).equals(other.toMap().getString("labelerDid")));
    }

    /**
     * Mutes a word: posts with it in their text or tags are not shown.
     *
     * @param word the word or phrase
     * @return this editor
     */
    public PreferenceEditor muteWord(String word) {
        return muteWord(MutedWord.builder()
                .value(word)
                .targets(List.of("content", "tag"))
                .build());
    }

    /**
     * Mutes a word, in place of how it was muted.
     *
     * @param word the word, and where and how long it is muted
     * @return this editor
     */
    public PreferenceEditor muteWord(MutedWord word) {
        return unmuteWord(word.value()).items(MutedWordsPref.TYPE, ITEMS, items -> items.add(word.toMap()));
    }

    /**
     * No longer mutes a word.
     *
     * @param word the word as it was muted, in any case
     * @return this editor
     */
    public PreferenceEditor unmuteWord(String word) {
        return items(
                MutedWordsPref.TYPE,
                ITEMS,
                items -> items.removeIf(item ->
                        text(item, "value").filter(word::equalsIgnoreCase).isPresent()));
    }

    /**
     * Hides a post.
     *
     * @param post the post
     * @return this editor
     */
    public PreferenceEditor hidePost(AtUri post) {
        var hidden = new LexString(post.toString());
        return items(HiddenPostsPref.TYPE, ITEMS, items -> {
            items.remove(hidden);
            items.add(hidden);
        });
    }

    /**
     * No longer hides a post.
     *
     * @param post the post
     * @return this editor
     */
    public PreferenceEditor unhidePost(AtUri post) {
        return items(HiddenPostsPref.TYPE, ITEMS, items -> items.remove(new LexString(post.toString())));
    }

    /**
     * Subscribes to a labeler.
     *
     * @param labeler the labeler
     * @return this editor
     */
    public PreferenceEditor addLabeler(Did labeler) {
        return items(LabelersPref.TYPE, LABELERS, items -> {
            if (items.stream().noneMatch(item -> isDid(item, labeler))) {
                items.add(LabelerPrefItem.builder().did(labeler).build().toMap());
            }
        });
    }

    /**
     * Unsubscribes from a labeler.
     *
     * @param labeler the labeler
     * @return this editor
     */
    public PreferenceEditor removeLabeler(Did labeler) {
        return items(LabelersPref.TYPE, LABELERS, items -> items.removeIf(item -> isDid(item, labeler)));
    }

    /**
     * Sets what the account is interested in.
     *
     * @param tags the tags
     * @return this editor
     */
    public PreferenceEditor interests(List<String> tags) {
        return set(find(InterestsPref.TYPE)
                .map(InterestsPref::toBuilder)
                .orElseGet(InterestsPref::builder)
                .tags(tags)
                .build());
    }

    /** Changes a list within the one entry of a kind, as a tree, so that items that no class fits stay. */
    private PreferenceEditor items(ObjectType<?> type, String field, Consumer<List<LexValue>> change) {
        LexMap entry = null;
        for (LexValue other : entries) {
            entry = PreferenceList.is(other, type) ? (LexMap) other : entry;
        }
        List<LexValue> before = entry != null && entry.get(field) instanceof LexList list ? list.items() : List.of();
        List<LexValue> items = new ArrayList<>(before);
        change.accept(items);
        if (!items.equals(before)) {
            LexMap whole =
                    entry == null ? LexMap.builder().put("$type", type.name()).build() : entry;
            int place = removeAll(type, any -> true);
            entries.add(place < 0 ? entries.size() : place, whole.with(field, new LexList(items)));
        }
        return this;
    }

    private static Optional<String> text(LexValue item, String field) {
        return item instanceof LexMap map ? map.getString(field) : Optional.empty();
    }

    private static boolean isDid(LexValue item, Did did) {
        return text(item, "did").filter(did.value()::equals).isPresent();
    }
}
