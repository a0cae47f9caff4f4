package dev.signalbox.http;

import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;

/** Lets the holders of an admin key in, and nobody else. */
@jakarta.ws.rs.ext.Provider
@AdminKeyRequired
@Priority(FilterOrder.AUTHENTICATION)
public class AdminKeyFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private final Provider<AdminKeys> keys;

    // As in ClientKeyFilter: filters are made before there are keys.
    AdminKeyFilter(Provider<AdminKeys> keys) {
        this.keys = keys;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        keys.get().authenticate(request).attachTo(request);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
