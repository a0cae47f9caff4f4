package dev.signalbox.http;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
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
        return keys.isEmpty() ? Optional.empty() : Optional.of(new CallerIdentity(keys.holder(request)));
    }

    /**
     * Who sent a request, if it was one of them.
     *
     * @throws ProblemException 401 for a credential that is ambiguous
     */
    Optional<CallerIdentity> find(ContainerRequestContext request) {
        return Credential.of(request).flatMap(keys::nameOf).map(CallerIdentity::new);
    }
}
