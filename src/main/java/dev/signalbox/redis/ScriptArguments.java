package dev.signalbox.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What a script gets as {@code ARGV}: texts and plain bytes, in order. Immutable, but for the bytes, which are not copied. */
public final class ScriptArguments {

    private final List<byte[]> values;

    private ScriptArguments(List<byte[]> values) {
        this.values = values;
    }

    /** Texts; none is no argument at all. */
    public static ScriptArguments of(String... texts) {
        return of(List.of(texts));
    }

    /** Texts. */
    public static ScriptArguments of(List<String> texts) {
        return new ScriptArguments(texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /** Plain bytes. */
    public static ScriptArguments ofBytes(List<byte[]> values) {
        return new ScriptArguments(List.copyOf(values));
    }

    /** These, and behind them a text. */
    public ScriptArguments and(String text) {
        return and(text.getBytes(StandardCharsets.UTF_8));
    }

    /** These, and behind them bytes. */
    public ScriptArguments and(byte[] bytes) {
        return new ScriptArguments(
                Stream.concat(values.stream(), Stream.of(bytes)).toList());
    }

    List<byte[]> values() {
        return values;
    }
}
