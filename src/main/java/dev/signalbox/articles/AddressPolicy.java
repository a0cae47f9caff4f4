package dev.signalbox.articles;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/**
 * Decides where we may connect to for somebody else. Names and ports are checked before a name is looked up, addresses before
 * they are connected to; a redirect gets no more trust than what a person typed.
 */
final class AddressPolicy {

    private final AllowedHosts hosts;
    private final Set<Integer> ports;
    private final PublicAddresses internet = new PublicAddresses();
    private final List<AddressRange> trusted;

    AddressPolicy(ArticlesConfig config) {
        this.hosts = new AllowedHosts(config.allowedDomains());
        this.ports = Set.copyOf(config.ports());
        this.trusted = config.trustedAddresses().stream()
                .flatMap(List::stream)
                .map(AddressRange::parse)
                .toList();
    }

    /** Throws a problem if this host is none of those that are read, or if the port is none that articles are read from. */
    void check(Hop hop) {
        if (!hosts.admit(hop.url().host())) {
            throw Refusals.hostNotAllowed(hop, hosts.shown());
        }
        if (!ports.contains(hop.url().port())) {
            throw Refusals.portNotAllowed(hop);
        }
    }

    /**
     * Throws a problem unless every address is one that we may connect to. One bad address among good ones is no accident of
     * honest sites, and to skip it would let them try again until it is the only one.
     */
    void check(Hop hop, List<InetAddress> addresses) {
        if (!addresses.stream().allMatch(this::mayConnect)) {
            throw Refusals.addressNotPublic(hop);
        }
    }

    private boolean mayConnect(InetAddress address) {
        return internet.isPublic(address) || trusted.stream().anyMatch(range -> range.contains(address));
    }
}
