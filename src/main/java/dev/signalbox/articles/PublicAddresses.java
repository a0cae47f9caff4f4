package dev.signalbox.articles;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells which addresses belong to everybody's internet, by the special-purpose registries of IANA (RFC 6890): what is not
 * globally reachable is refused, and so is what may lead elsewhere than it seems.
 *
 * <ul>
 *   <li>An IPv6 address with an IPv4 one mapped into it is what that one is, since the kernel connects to that one.
 *   <li>An address of the well-known NAT64 prefix is what the IPv4 one in it is: where there is nothing but IPv6, every site
 *       that has only IPv4 is reached by such (RFC 6052 §2.1). The prefix for networks' own use (RFC 8215) is not public.
 *   <li>6to4, Teredo and IPv4-compatible addresses are refused, whatever is in them: nobody serves articles there, and a relay
 *       may be near.
 * </ul>
 *
 * <p>Its tables are no constants: a native image must not hold what was made with the machine's network classes while it was
 * built.
 */
final class PublicAddresses {

    private final List<AddressRange> specialIpv4 = ranges(
            "0.0.0.0/8", // this network, RFC 791
            "10.0.0.0/8", // private, RFC 1918
            "100.64.0.0/10", // behind carriers' NAT, RFC 6598
            "127.0.0.0/8", // loopback, RFC 1122
            "168.63.129.16/32", // Azure's host services: registered as public, and reachable in every machine there
            "169.254.0.0/16", // link-local, RFC 3927; metadata of most clouds
            "172.16.0.0/12", // private, RFC 1918
            "192.0.0.0/24", // protocol assignments, RFC 6890
            "192.0.2.0/24", // documentation, RFC 5737
            "192.88.99.0/24", // 6to4 relays, RFC 7526
            "192.168.0.0/16", // private, RFC 1918
            "198.18.0.0/15", // benchmarks, RFC 2544
            "198.51.100.0/24", // documentation, RFC 5737
            "203.0.113.0/24", // documentation, RFC 5737
            "224.0.0.0/4", // multicast, RFC 5771
            "240.0.0.0/4"); // reserved, RFC 1112; broadcast, RFC 919

    /** All that is assigned to be global (RFC 4291 §2.4); beyond it are loopback, link-local, unique local and the like. */
    private final AddressRange globalIpv6 = AddressRange.parse("2000::/3");

    private final List<AddressRange> specialIpv6 = ranges(
            "2001::/23", // protocol assignments, RFC 2928: Teredo, ORCHID, benchmarks and so on
            "2001:db8::/32", // documentation, RFC 3849
            "2002::/16", // 6to4, RFC 7526
            "3fff::/20"); // documentation, RFC 9637

    private final AddressRange nat64 = AddressRange.parse("64:ff9b::/96");
    private final AddressRange mapped = new AddressRange(mappedPrefix(), 96);

    boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address) {
            return isInNone(specialIpv4, address);
        }
        if (nat64.contains(address) || mapped.contains(address)) {
            return isPublic(lastFour(address));
        }
        return globalIpv6.contains(address) && isInNone(specialIpv6, address);
    }

    private static boolean isInNone(List<AddressRange> special, InetAddress address) {
        return special.stream().noneMatch(range -> range.contains(address));
    }

    private static InetAddress lastFour(InetAddress address) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }

    /** Not written as text, because Java reads that as the IPv4 address. */
    private static byte[] mappedPrefix() {
        byte[] prefix = new byte[16];
        prefix[10] = (byte) 0xFF;
        prefix[11] = (byte) 0xFF;
        return prefix;
    }

    private static List<AddressRange> ranges(String... texts) {
        return Stream.of(texts).map(AddressRange::parse).toList();
    }
}
