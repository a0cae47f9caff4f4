package dev.signalbox.http;

import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.Optional;

/** Lets clients and admins in, and whoever comes without a key where clients need none. */
@jakarta.ws.rs.ext.Provider
@KeyRecognised
@Priority(FilterOrder.AUTHENTICATION)
public class KeyRecognisedFilter implements ContainerRequestFilter {

    private final Provider<ClientKeys> clients;
    private final Provider<AdminKeys> admins;

    // As in ClientKeyFilter: filters are made before there are keys.
    KeyRecognisedFilter(Provider<ClientKeys> clients, Provider<AdminKeys> admins) {
        this.clients = clients;
        this.admins = admins;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<CallerIdentity> client = clients.get().find(request);
        // A key of both kinds counts for the client that it is everywhere else.
        Optional<AdminIdentity> admin =
                client.isPresent() ? Optional.empty() : admins.get().find(request);
        if (admin.isPresent()) {
            admin.get().attachTo(request);
        } else {
            clients.get().authenticate(request).ifPresent(known -> known.attachTo(request));
        }
    }
}
