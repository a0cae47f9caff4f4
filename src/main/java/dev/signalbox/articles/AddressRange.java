package dev.signalbox.articles;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * IP addresses that begin with the same bits.
 *
 * @param first octets of the lowest of them
 * @param bits how many bits they share
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record AddressRange(byte[] first, int bits) {

    /**
     * Reads an address, or a range as {@code 10.0.0.0/8}.
     *
     * @throws IllegalArgumentException with a sentence that says what is expected
     */
    static AddressRange parse(String text) {
        String[] parts = text.strip().split("/", 2);
        byte[] first = octets(parts[0]);
        int bits = parts.length == 1 ? first.length * Byte.SIZE : bits(parts[1], first.length * Byte.SIZE);
        return new AddressRange(first, bits);
    }

    boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != first.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        return Arrays.equals(octets, 0, whole, first, 0, whole)
                && (rest == 0 || (octets[whole] ^ first[whole]) >> (Byte.SIZE - rest) == 0);
    }

    private static byte[] octets(String text) {
        try {
            return WebHost.parse(text.indexOf(':') < 0 ? text : "[" + text + "]")
                    .literal()
                    .orElseThrow(AddressRange::unreadable)
                    .getAddress();
        } catch (UnreadableUrl noAddress) {
            throw unreadable();
        }
    }

    private static int bits(String text, int most) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > most) {
            throw unreadable();
        }
        return Integer.parseInt(text);
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException(
                "expected an IP address such as 10.1.2.3, or a range such as 10.0.0.0/8 or fd00::/8");
    }
}
