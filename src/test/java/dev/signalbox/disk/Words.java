package dev.signalbox.disk;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Values for tests: sets of words, which merge into their union. */
final class Words {

    private Words() {}

    static byte[] bytes(String words) {
        return words.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    static byte[] union(byte[] one, byte[] other) {
        TreeSet<String> words = new TreeSet<>(List.of(text(one).split(" ")));
        words.addAll(List.of(text(other).split(" ")));
        return bytes(String.join(" ", words));
    }

    static Map<String, String> texts(Map<String, byte[]> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((key, value) -> texts.put(key, text(value)));
        return texts;
    }
}
