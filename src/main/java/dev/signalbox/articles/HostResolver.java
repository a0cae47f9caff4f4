package dev.signalbox.articles;

import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.util.List;

/** Looks up where hosts are. */
@FunctionalInterface
interface HostResolver {

    /**
     * The addresses of a host, best first; asked once for each connection.
     *
     * @param name in lower-case ASCII, never an address
     * @return fails with {@link java.net.UnknownHostException} if there is none, with {@link LookupFailure} if that cannot be
     *     found out; need not know a deadline
     */
    Uni<List<InetAddress>> resolve(String name);
}
