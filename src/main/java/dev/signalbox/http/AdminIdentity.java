package dev.signalbox.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

/**
 * The holder of an admin key, by name: whom the log names for what was done.
 *
 * @param keyName the name given in {@code ADMIN_API_KEYS}, or the first 16 hex digits of the key's SHA-256
 */
public record AdminIdentity(String keyName) {

    private static final String PROPERTY = AdminIdentity.class.getName();

    /**
     * Who sent the request.
     *
     * @throws IllegalStateException on a route without {@link AdminKeyRequired}
     */
    public static AdminIdentity of(ContainerRequestContext request) {
        return find(request).orElseThrow(() -> new IllegalStateException("nobody checked an admin key"));
    }

    /** Who sent the request. Empty on a route without {@link AdminKeyRequired}. */
    static Optional<AdminIdentity> find(ContainerRequestContext request) {
        return Optional.ofNullable((AdminIdentity) request.getProperty(PROPERTY));
    }

    void attachTo(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }
}
