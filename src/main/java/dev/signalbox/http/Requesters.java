package dev.signalbox.http;

import io.quarkus.arc.ClientProxy;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * Says who a request counts for. To be asked after {@link FilterOrder#AUTHENTICATION}: before, and on a route that asks for
 * no key, everybody is an address.
 */
@Singleton
public class Requesters {

    private final ClientAddresses addresses;

    Requesters(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    /**
     * The end user that the holder of a client key names, else the holder, else the client's address. Who has no client key
     * speaks for itself, and its {@code X-End-User} is not looked at.
     *
     * @throws ProblemException 400 for an end user that cannot be understood
     */
    public Requester of(ContainerRequestContext request) {
        HttpServerRequest http = http(request);
        Optional<Requester> known = CallerIdentity.of(request).map(client -> client(client, http));
        return known.or(() -> AdminIdentity.find(request).map(admin -> new Requester.KeyHolder(admin.keyName())))
                .orElseGet(() -> new Requester.Address(addresses.of(http)));
    }

    /**
     * The holder of the key that came with a request, whoever it speaks for.
     *
     * @throws IllegalStateException on a route that asks for no key
     */
    public Requester.KeyHolder holder(ContainerRequestContext request) {
        return CallerIdentity.of(request)
                .map(CallerIdentity::keyName)
                .or(() -> AdminIdentity.find(request).map(AdminIdentity::keyName))
                .map(Requester.KeyHolder::new)
                .orElseThrow(() -> new IllegalStateException("nobody checked a key"));
    }

    private static Requester client(CallerIdentity client, HttpServerRequest http) {
        Requester.KeyHolder holder = new Requester.KeyHolder(client.keyName());
        return EndUserHeader.of(http.headers().getAll(EndUserHeader.NAME))
                .<Requester>map(id -> new Requester.EndUser(holder, id))
                .orElse(holder);
    }

    /** What JAX-RS does not show: the connection, and headers that are not copied first. A resource is given a proxy. */
    private static HttpServerRequest http(ContainerRequestContext request) {
        var context = ((ResteasyReactiveContainerRequestContext) ClientProxy.unwrap(request)).getServerRequestContext();
        return ((ResteasyReactiveRequestContext) context).serverRequest().unwrap(HttpServerRequest.class);
    }
}
