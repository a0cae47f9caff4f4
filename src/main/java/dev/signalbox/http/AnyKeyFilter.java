package dev.signalbox.http;

import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.Optional;

/** Lets the holders of any key in, and nobody else. */
@jakarta.ws.rs.ext.Provider
@AnyKeyRequired
@Priority(FilterOrder.AUTHENTICATION)
public class AnyKeyFilter implements ContainerRequestFilter {

    private final Provider<ClientKeys> clients;
    private final Provider<AdminKeys> admins;

    // As in ClientKeyFilter: filters are made before there are keys.
    AnyKeyFilter(Provider<ClientKeys> clients, Provider<AdminKeys> admins) {
        this.clients = clients;
        this.admins = admins;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<CallerIdentity> client = clients.get().find(request);
        if (client.isPresent()) {
            client.get().attachTo(request);
        } else {
            admins.get().authenticate(request).attachTo(request);
        }
    }
}
