package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndUserHeaderTest {

    @ParameterizedTest
    @CsvSource({
        "ann@example.com, ann@example.com",
        "' Ann@Example.COM\t', ann@example.com",
        "User-7, User-7",
        "@, @",
        "A@b@c, A@b@c",
        "{}!~, {}!~"
    })
    void anEmailIsComparedInSmallLettersAndAnIdAsItIs(String header, String id) {
        assertThat(EndUserHeader.of(List.of(header))).contains(id);
    }

    @Test
    void withoutTheHeaderThereIsNoEndUser() {
        assertThat(EndUserHeader.of(List.of())).isEmpty();
    }

    @Test
    void anIdHasUpTo254CharactersBesideItsBlanks() {
        String longest = "x".repeat(254);

        assertThat(EndUserHeader.of(List.of("  " + longest + "  "))).contains(longest);
        assertRefused(List.of(longest + "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "two words",
                "a\tb",
                "a\u0000b",
                "a\u007fb",
                "user-7\u00a0",
                "ann@exämple.com",
                "\u200bann"
            })
    void whatIsNoIdIsRefused(String header) {
        assertRefused(List.of(header));
    }

    @Test
    void twoEndUsersAreRefused() {
        assertRefused(List.of("ann", "bob"));
    }

    private static void assertRefused(List<String> header) {
        assertThatThrownBy(() -> EndUserHeader.of(header))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.BAD_REQUEST))
                .hasMessageContainingAll("X-End-User", "1 to 254 visible ASCII")
                .hasMessageNotContaining("bob");
    }
}
