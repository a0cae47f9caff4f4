package dev.signalbox.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** The credential of a request: {@code Authorization: Bearer K} and {@code X-API-Key: K} are the same. */
final class Credential {

    private static final String BEARER = "Bearer ";

    private Credential() {}

    /** Reads both headers of a request; as {@link #of(List, List)}. */
    static Optional<String> of(ContainerRequestContext request) {
        return of(values(request, HttpHeaders.AUTHORIZATION), values(request, "X-API-Key"));
    }

    /** Whether both headers of a request can be read. */
    static boolean isUnderstood(ContainerRequestContext request) {
        try {
            var _ = of(request);
            return true;
        } catch (ProblemException unclear) {
            return false;
        }
    }

    /**
     * Reads both headers.
     *
     * @param authorization the values of {@code Authorization}
     * @param apiKey the values of {@code X-API-Key}
     * @return the key that is presented; empty where none is
     * @throws ProblemException 401 for another scheme, and for credentials that differ: nothing says which is meant
     */
    static Optional<String> of(List<String> authorization, List<String> apiKey) {
        Optional<String> found = Optional.empty();
        for (String header : authorization) {
            found = Optional.of(agreed(found, bearer(header)));
        }
        for (String header : apiKey) {
            found = Optional.of(agreed(found, header.strip()));
        }
        return found;
    }

    private static String agreed(Optional<String> earlier, String key) {
        if (key.isEmpty()) {
            throw refused("The credential is empty: send 'Authorization: Bearer <key>' or 'X-API-Key: <key>'.");
        }
        if (earlier.isPresent() && !earlier.get().equals(key)) {
            throw refused("The request has two different keys: send one.");
        }
        return key;
    }

    private static String bearer(String authorization) {
        String text = authorization.strip() + " ";
        if (!text.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw refused("The scheme of Authorization is not understood: send 'Authorization: Bearer <key>'.");
        }
        return text.substring(BEARER.length()).strip();
    }

    private static List<String> values(ContainerRequestContext request, String header) {
        return request.getHeaders().getOrDefault(header, List.of());
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(ProblemType.UNAUTHORIZED, detail);
    }
}
