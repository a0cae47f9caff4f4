package dev.signalbox.http;

import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Lets the holders of a client key in, and nobody else. */
@jakarta.ws.rs.ext.Provider
@ClientKeyRequired
@Priority(FilterOrder.AUTHENTICATION)
public class ClientKeyFilter implements ContainerRequestFilter {

    private final Provider<ClientKeys> keys;

    // Filters are made while the application is built, for a native image on another machine: the keys are not there
    // yet.
    ClientKeyFilter(Provider<ClientKeys> keys) {
        this.keys = keys;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        keys.get().authenticate(request).ifPresent(identity -> identity.attachTo(request));
    }
}
