package dev.signalbox.http;

import dev.signalbox.environment.EnvironmentConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** The keys of those who manage the service. Made at start, so that an unreadable key stops it. */
@Startup
@Singleton
final class AdminKeys {

    private static final Logger LOG = Logger.getLogger(AdminKeys.class);
    private static final int RANDOM_KEY_BYTES = 24;

    private final ApiKeys keys;

    AdminKeys(HttpConfig config, RandomGenerator random) {
        ApiKeys configured = ApiKeys.parse(
                "signalbox.http.admin-api-keys", config.adminApiKeys().orElse(""));
        boolean makeOne = configured.isEmpty() && !EnvironmentConfig.PRODUCTION.equals(config.environment());
        this.keys = makeOne ? randomKey(random) : configured;
    }

    /**
     * Who sent a request.
     *
     * @throws ProblemException 401 for a credential that is missing, ambiguous or not known, and for all where nobody may
     */
    AdminIdentity authenticate(ContainerRequestContext request) {
        if (keys.isEmpty()) {
            throw new ProblemException(
                    ProblemType.UNAUTHORIZED,
                    "Management is off, because no admin key is set: set ADMIN_API_KEYS to name:key (several with commas"
                            + " between them) and start the service again.");
        }
        return new AdminIdentity(keys.holder(request));
    }

    /**
     * Who sent a request, if it was one of them.
     *
     * @throws ProblemException 401 for a credential that is ambiguous
     */
    Optional<AdminIdentity> find(ContainerRequestContext request) {
        return Credential.of(request).flatMap(keys::nameOf).map(AdminIdentity::new);
    }

    /** The one key that is ever logged: nobody could know it otherwise, and it ends with the process. */
    private static ApiKeys randomKey(RandomGenerator random) {
        byte[] bytes = new byte[RANDOM_KEY_BYTES];
        random.nextBytes(bytes);
        String key = HexFormat.of().formatHex(bytes);
        LOG.infof("[Admin] ADMIN_API_KEYS is not set: until it ends, this process is managed with the key %s", key);
        return ApiKeys.parse("random key", "random:" + key);
    }
}
