package dev.signalbox.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

/**
 * The holder of a client key, by name. Who its request counts for, says {@link Requesters}.
 *
 * @param keyName the name given in {@code API_KEYS}, or the first 16 hex digits of the key's SHA-256
 */
public record CallerIdentity(String keyName) {

    private static final String PROPERTY = CallerIdentity.class.getName();

    /** Who sent the request. Empty on a public route, and before {@link FilterOrder#AUTHENTICATION}. */
    public static Optional<CallerIdentity> of(ContainerRequestContext request) {
        return Optional.ofNullable((CallerIdentity) request.getProperty(PROPERTY));
    }

    void attachTo(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }
}
