package dev.signalbox.http;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** The keys of clients. Made at start, so that an unreadable key stops it. */
@Startup
@Singleton
final class ClientKeys {

    private final ApiKeys keys;

    ClientKeys(HttpConfig config) {
        this.keys = ApiKeys.parse("signalbox.http.api-keys", config.apiKeys().orElse(""));
    }

    /**
     * Who sent a request. Empty where no keys are set and everybody may.
     *
     * @throws ProblemException 401 for a credential that is missing, ambiguous or not known
     */
    Optional<CallerIdentity> authenticate(ContainerRequestContext request) {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        String presented = Credential.of(values(request, HttpHeaders.AUTHORIZATION), values(request, "X-API-Key"))
                .orElseThrow(() -> ProblemException.of(ProblemType.UNAUTHORIZED));
        return Optional.of(keys.nameOf(presented)
                .map(CallerIdentity::new)
                .orElseThrow(() -> new ProblemException(ProblemType.UNAUTHORIZED, "This API key is not known.")));
    }

    private static List<String> values(ContainerRequestContext request, String header) {
        return request.getHeaders().getOrDefault(header, List.of());
    }
}
