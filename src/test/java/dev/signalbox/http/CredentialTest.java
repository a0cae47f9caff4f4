package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {

    private static final List<String> NONE = List.of();

    @ParameterizedTest
    @ValueSource(strings = {"Bearer k1", "bearer k1", "BEARER   k1 "})
    void bearerIsAScheme(String authorization) {
        assertThat(Credential.of(List.of(authorization), NONE)).contains("k1");
    }

    @Test
    void bothHeadersAreTheSame() {
        assertThat(Credential.of(NONE, List.of(" k1 "))).contains("k1");
        assertThat(Credential.of(List.of("Bearer k1"), List.of("k1"))).contains("k1");
        assertThat(Credential.of(NONE, NONE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic aGk6aG8=", "k1", "Bearerk1", "Token k1", "Digest", ""})
    void anyOtherSchemeIsRefused(String authorization) {
        assertRefused(List.of(authorization), NONE, "scheme");
    }

    @Test
    void twoDifferentKeysAreRefused() {
        assertRefused(List.of("Bearer k1"), List.of("k2"), "two different");
        assertRefused(List.of("Bearer k1", "Bearer k2"), NONE, "two different");
        assertRefused(NONE, List.of("k1", "k2"), "two different");
    }

    @Test
    void anEmptyKeyIsRefused() {
        assertRefused(List.of("Bearer"), NONE, "empty");
        assertRefused(List.of("Bearer "), NONE, "empty");
        assertRefused(NONE, List.of(""), "empty");
    }

    private static void assertRefused(List<String> authorization, List<String> apiKey, String detail) {
        assertThatThrownBy(() -> Credential.of(authorization, apiKey))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAUTHORIZED))
                .hasMessageContaining(detail)
                .hasMessageNotContainingAny("k1", "k2", "aGk6aG8=");
    }
}
