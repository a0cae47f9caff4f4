package dev.signalbox.http;

import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.Optional;

/** Knows clients and admins by their keys, and lets everybody in. */
@jakarta.ws.rs.ext.Provider
@KeyNoticed
@Priority(FilterOrder.AUTHENTICATION)
public class KeyNoticedFilter implements ContainerRequestFilter {

    private final Provider<ClientKeys> clients;
    private final Provider<AdminKeys> admins;

    // As in ClientKeyFilter: filters are made before there are keys.
    KeyNoticedFilter(Provider<ClientKeys> clients, Provider<AdminKeys> admins) {
        this.clients = clients;
        this.admins = admins;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!Credential.isUnderstood(request)) {
            return;
        }
        Optional<CallerIdentity> client = clients.get().find(request);
        if (client.isPresent()) {
            client.get().attachTo(request);
        } else {
            admins.get().find(request).ifPresent(admin -> admin.attachTo(request));
        }
    }
}
