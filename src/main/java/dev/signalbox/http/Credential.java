package dev.signalbox.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The credential of a request: {@code Authorization: Bearer K} and {@code X-API-Key: K} are the same. */
final class Credential {

    private static final String BEARER = "Bearer ";

    private Credential() {}

    /**
     * Reads both headers.
     *
     * @return empty where none is given
     * @throws ProblemException 401 for another scheme, and for two different credentials
     */
    static Optional<String> of(@Nullable String authorization, @Nullable String apiKey) {
        Optional<String> bearer = Optional.ofNullable(authorization).map(Credential::bearer);
        Optional<String> key = Optional.ofNullable(apiKey).map(String::strip).filter(text -> !text.isEmpty());
        if (bearer.isPresent() && key.isPresent() && !bearer.equals(key)) {
            throw new ProblemException(
                    ProblemType.UNAUTHORIZED, "Authorization and X-API-Key hold different keys: send one of them");
        }
        return bearer.or(() -> key);
    }

    private static String bearer(String authorization) {
        String text = authorization.strip();
        if (!text.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new ProblemException(
                    ProblemType.UNAUTHORIZED,
                    "The scheme of Authorization is not Bearer: send Authorization: Bearer <key>");
        }
        return text.substring(BEARER.length()).strip();
    }
}
