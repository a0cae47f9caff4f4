package dev.signalbox.cache;

import dev.signalbox.redis.Reply;
import dev.signalbox.redis.StreamId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The versions of the fine scopes of one entry, as they stood in Redis at one moment: first that of the caller's entries in
 * the category, where there is a caller, then that of the entry.
 *
 * @param texts {@code <random id>|<position of the last soft mark>}, either may be empty; an absent version is empty
 */
record Versions(List<String> texts) {

    private static final String SEPARATOR = "/";

    Versions {
        texts = List.copyOf(texts);
    }

    static Versions read(List<Reply> replies) {
        return new Versions(replies.stream()
                .map(reply -> reply.isNothing() ? "" : reply.text())
                .toList());
    }

    /** What a load remembers: its result is good for as long as these stay. */
    List<String> ids() {
        return texts.stream().map(Versions::id).toList();
    }

    /** {@link #ids} as an entry carries them. */
    String joined() {
        return String.join(SEPARATOR, ids());
    }

    /**
     * Whether these are not older than others of the same scopes. An absent one is older than any: a scope gets its version
     * from its first invalidation, or with the lease of its first load.
     */
    boolean include(Versions others) {
        List<String> own = ids();
        List<String> theirs = others.ids();
        return IntStream.range(0, own.size())
                .allMatch(scope -> theirs.get(scope).isEmpty() || own.get(scope).equals(theirs.get(scope)));
    }

    /** Whether the first version has no id: then nothing can be told of entries that it would guard. */
    boolean lackFirst() {
        return id(texts.getFirst()).isEmpty();
    }

    /** Whether a soft mark is newer than a load. */
    boolean outdate(StreamId position) {
        return texts.stream()
                .map(text -> text.substring(text.indexOf('|') + 1))
                .anyMatch(soft -> !soft.isEmpty() && position.compareTo(StreamId.parse(soft)) < 0);
    }

    private static String id(String text) {
        int bar = text.indexOf('|');
        return bar < 0 ? "" : text.substring(0, bar);
    }
}
