package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {

    @Test
    void credentialIsNotInTheIdOfItsHolder() {
        assertThat(Caller.ofCredential("hush").id()).matches("[0-9a-f]{64}").doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hush", "{-}", "0123456789abcdef", "--"})
    void whatCouldBeACredentialOrBendAKeyIsNoId(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Caller(id)).withMessageNotContaining("hush");
    }
}
