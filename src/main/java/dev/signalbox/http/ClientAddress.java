package dev.signalbox.http;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The address of a client, as far as it tells clients apart: of IPv6 the first 64 bits, because whoever has one address of
 * such a network has them all. The same client is always equal to itself, however its address was written: an IPv4 address
 * inside an IPv6 one ({@code ::ffff:192.0.2.1}) is an IPv4 address.
 *
 * @param ipv6 whether it is an IPv6 network, and not an IPv4 address
 * @param number the 64 bits of the network, or the 32 of the address
 */
public record ClientAddress(boolean ipv6, long number) {

    private static final ClientAddress THIS_MACHINE = new ClientAddress(false, 0x7F00_0001L);
    private static final long LARGEST_IPV4 = 0xFFFF_FFFFL;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int PORT_DIGITS = 5;

    /** Refuses an IPv4 address of more than 32 bits. */
    public ClientAddress {
        if (!ipv6 && (number < 0 || number > LARGEST_IPV4)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
    }

    /**
     * Reads an address as proxies write it: {@code 192.0.2.1}, {@code 192.0.2.1:49152}, {@code 2001:db8::1},
     * {@code [2001:db8::1]} or {@code [2001:db8::1]:49152}. Never looks up a name.
     *
     * @return empty for everything else, such as {@code unknown}, a host name, or an address with a zone: that means
     *     something only on the machine that wrote it
     */
    public static Optional<ClientAddress> parse(String text) {
        String entry = text.strip();
        int bracket = entry.indexOf(']');
        if (entry.startsWith("[") && bracket > 0) {
            return isPortOrNothing(entry.substring(bracket + 1)) ? ipv6(entry.substring(1, bracket)) : Optional.empty();
        }
        int colon = entry.indexOf(':');
        if (colon != entry.lastIndexOf(':')) {
            return ipv6(entry);
        }
        int end = colon < 0 ? entry.length() : colon;
        return isPortOrNothing(entry.substring(end)) ? ipv4(entry.substring(0, end)) : Optional.empty();
    }

    /** The other end of a connection. Where that is a socket in the file system, it is this machine. */
    static ClientAddress ofPeer(SocketAddress peer) {
        String host = peer.hostAddress();
        if (host == null) {
            return THIS_MACHINE;
        }
        int zone = host.indexOf('%');
        return parse(zone < 0 ? host : host.substring(0, zone)).orElse(THIS_MACHINE);
    }

    /** {@code 192.0.2.1}, or {@code 2001:db8::/64}; of two clients never the same. */
    public String text() {
        if (!ipv6) {
            return NetUtil.intToIpAddress((int) number);
        }
        byte[] first = ByteBuffer.allocate(IPV6_BYTES).putLong(number).array();
        return NetUtil.bytesToIpAddress(first) + "/64";
    }

    @Override
    public String toString() {
        return text();
    }

    private static Optional<ClientAddress> ipv4(String literal) {
        // Java alone would read 192.0.513 and 3221225985 too.
        return NetUtil.isValidIpV4Address(literal)
                ? Optional.of(of(NetUtil.createByteArrayFromIpAddressString(literal)))
                : Optional.empty();
    }

    private static Optional<ClientAddress> ipv6(String literal) {
        if (literal.indexOf(':') < 0 || literal.indexOf('%') >= 0 || literal.indexOf('[') >= 0) {
            return Optional.empty();
        }
        try {
            // Looks nothing up. Netty alone would not read 64:ff9b::192.0.2.1.
            return Optional.of(of(Inet6Address.ofLiteral(literal).getAddress()));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** Java has made an IPv4 address of one inside IPv6. */
    private static ClientAddress of(byte[] address) {
        ByteBuffer bytes = ByteBuffer.wrap(address);
        return address.length == IPV4_BYTES
                ? new ClientAddress(false, Integer.toUnsignedLong(bytes.getInt()))
                : new ClientAddress(true, bytes.getLong());
    }

    private static boolean isPortOrNothing(String text) {
        return text.isEmpty()
                || (text.charAt(0) == ':'
                        && text.length() > 1
                        && text.length() <= 1 + PORT_DIGITS
                        && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9'));
    }
}
