package dev.signalbox.records;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Values that could have been written, many of them at the same time by different replicas. */
final class AnyValue {

    private AnyValue() {}

    static Arbitrary<Version> version() {
        return Combinators.combine(Arbitraries.longs().between(1, 9), Arbitraries.of(1L, 7L, -1L))
                .as(Version::new);
    }

    /** As of one kind: values of two kinds never meet in one field. */
    static Arbitrary<Value> maximum() {
        return Arbitraries.oneOf(
                        Arbitraries.longs().between(0, 20), Arbitraries.longs().between((1L << 53) - 3, (1L << 53) - 1))
                .map(Maximum::new);
    }

    static Arbitrary<Value> register() {
        // One version is one write, and so one text.
        return version()
                .map(version -> new Register(
                        version, version.micros() % 3 == 0 ? Optional.empty() : Optional.of(said(version))));
    }

    static Arbitrary<Value> member() {
        return Arbitraries.oneOf(
                version().map(version -> Member.added(version, said(version))),
                version().map(Member::removed));
    }

    static Arbitrary<Value> ofAnyKind() {
        return Arbitraries.oneOf(maximum(), register(), member());
    }

    /** Texts of different lengths, with what could be taken for syntax. */
    private static String said(Version version) {
        return switch ((int) version.micros() % 4) {
            case 0 -> "";
            case 1 -> "3:é—" + version.text();
            case 2 -> "{\"a\":\"b|c\"}\n" + version.replica();
            default -> "日本" + version.micros() + (char) 0 + version.replica();
        };
    }
}
