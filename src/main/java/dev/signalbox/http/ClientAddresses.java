package dev.signalbox.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Finds the address of the client of a request.
 *
 * <p>Each proxy adds the address of whom it was called by to the right of {@code X-Forwarded-For}. So the client is the
 * entry that the outermost proxy of ours has added; what stands left of it was sent by the client, and is never looked at.
 */
@Singleton
public class ClientAddresses {

    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");

    private final int trustedHops;

    ClientAddresses(HttpConfig config) {
        this.trustedHops = config.trustedProxyHops();
    }

    /** The address that our outermost proxy was called from; without proxies, the other end of the connection. */
    public ClientAddress of(HttpServerRequest request) {
        // Of the connection and not of the request: that one Quarkus can be told to take from the header.
        ClientAddress peer = ClientAddress.ofPeer(request.connection().remoteAddress());
        return trustedHops == 0 ? peer : find(trustedHops, request.headers().getAll(FORWARDED_FOR), peer);
    }

    /**
     * Counts from the right. An entry that is no address takes its turn too, as an empty one does: if it did not, the next
     * one would be what the client wrote. The client is then the nearest one to the right.
     *
     * @param forwardedFor the values of the header; several are one list (RFC 9110 §5.3)
     * @param peer who is counted where the header tells nothing
     */
    static ClientAddress find(int hops, List<String> forwardedFor, ClientAddress peer) {
        ClientAddress found = peer;
        String list = String.join(",", forwardedFor);
        int end = list.length();
        for (int hop = 0; hop < hops && end >= 0; hop++) {
            int comma = list.lastIndexOf(',', end - 1);
            found = ClientAddress.parse(list.substring(comma + 1, end)).orElse(found);
            end = comma;
        }
        return found;
    }
}
