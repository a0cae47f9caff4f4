package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {

    private final RequestIds ids = new RequestIds(new SplittableRandom(7));

    @ParameterizedTest
    @ValueSource(strings = {"a", "7f3e-ab.c_d:e", "0123456789ABCDEFabcdef"})
    void aSaneIdIsTakenOver(String sent) {
        assertThat(ids.takeOverOrMake(sent)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "ä", "a/b", "<script>", "a\"b", "%s"})
    void anyOtherIsReplaced(String sent) {
        assertThat(ids.takeOverOrMake(sent)).isNotEqualTo(sent).matches("[0-9a-f]{16}");
    }

    @Test
    void lengthsAreBounded() {
        assertThat(ids.takeOverOrMake("x".repeat(128))).hasSize(128);
        assertThat(ids.takeOverOrMake("x".repeat(129))).hasSize(16);
    }

    @Test
    void noIdIsMadeTwice() {
        assertThat(made(ids, 10_000).distinct().count()).isEqualTo(10_000);
    }

    @Test
    void twoProcessesMakeDifferentIds() {
        RequestIds others = new RequestIds(new SplittableRandom(8));

        assertThat(made(ids, 1_000).collect(Collectors.toSet()))
                .doesNotContainAnyElementsOf(made(others, 1_000).collect(Collectors.toSet()));
    }

    private static Stream<String> made(RequestIds ids, int count) {
        return Stream.generate(() -> ids.takeOverOrMake(null)).limit(count);
    }
}
