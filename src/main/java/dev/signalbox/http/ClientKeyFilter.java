package dev.signalbox.http;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Lets the holders of a client key in. */
@Provider
@ClientKeyRequired
@Priority(FilterOrder.AUTHENTICATION)
public class ClientKeyFilter implements ContainerRequestFilter {

    // Filters are made while the binary is built; the keys are known when it runs.
    private final Instance<ClientKeys> clientKeys;

    ClientKeyFilter(Instance<ClientKeys> clientKeys) {
        this.clientKeys = clientKeys;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        ApiKeys keys = clientKeys.get().keys();
        if (keys.isEmpty()) {
            return;
        }
        String presented = Credential.of(
                        request.getHeaderString(HttpHeaders.AUTHORIZATION), request.getHeaderString("X-API-Key"))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNAUTHORIZED, "API key required: send Authorization: Bearer <key> or X-API-Key"));
        if (keys.nameOf(presented).isEmpty()) {
            throw new ProblemException(ProblemType.UNAUTHORIZED, "The API key is not known");
        }
    }
}
