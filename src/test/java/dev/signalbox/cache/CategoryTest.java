package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CategoryTest {

    @ParameterizedTest
    @ValueSource(strings = {"m", "models", "gateway-2", "abcdefghijklmnopqrstuvwxyz-12345"})
    void nameThatCanBePartOfAKeyIsTaken(String name) {
        assertThat(new Category(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Models",
                "2nd",
                "-m",
                "a b",
                "a:b",
                "{a}",
                "a}",
                "a*",
                "ä",
                "m\n",
                "abcdefghijklmnopqrstuvwxyz-123456"
            })
    void nameThatCouldBreakAKeyIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Category(name))
                .withMessageContaining(name);
    }
}
