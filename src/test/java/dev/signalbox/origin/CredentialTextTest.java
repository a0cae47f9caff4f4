package dev.signalbox.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTextTest {

    private final CredentialText converter = new CredentialText();

    @ParameterizedTest
    @ValueSource(strings = {"sk-proj-1_a", " sk-proj-1_a", "sk-proj-1_a\n", "sk-proj-1_a\r\n"})
    void whatFilesAndConsolesAddIsLeftOut(String written) {
        assertThat(converter.convert(written)).isEqualTo("sk-proj-1_a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void nothingIsNone(String written) {
        assertThat(converter.convert(written)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-one\nsk-two", "sk one", "sk-\u0000", "schl\u00fcssel"})
    void whatNoHeaderCanCarryIsRefusedWithoutBeingRepeated(String written) {
        assertThatThrownBy(() -> converter.convert(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("sk");
    }
}
