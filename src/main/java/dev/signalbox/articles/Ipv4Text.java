package dev.signalbox.articles;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * IPv4 addresses in every spelling that a browser or a resolver takes for one: one to four parts, each decimal, octal or
 * hexadecimal (WHATWG URL §3.5). One that was taken for a name would pass by every check of addresses.
 */
final class Ipv4Text {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");
    private static final BigInteger OCTET = BigInteger.valueOf(256);

    private Ipv4Text() {}

    /** Whether a host can only be an IPv4 address, good or bad, because it ends in a number. */
    static boolean isMeant(String host) {
        return NUMBER.matcher(host.substring(host.lastIndexOf('.') + 1)).matches();
    }

    /**
     * The four octets.
     *
     * @param host one that {@link #isMeant}
     */
    static byte[] parse(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length > 4) {
            throw unreadable();
        }
        BigInteger address = BigInteger.ZERO;
        for (int i = 0; i < parts.length - 1; i++) {
            address = address.multiply(OCTET).add(part(parts[i], 1));
        }
        int left = 5 - parts.length;
        address = address.multiply(OCTET.pow(left)).add(part(parts[parts.length - 1], left));
        int bits = address.intValue();
        return new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
    }

    private static BigInteger part(String text, int octets) {
        if (!NUMBER.matcher(text).matches()) {
            throw unreadable();
        }
        BigInteger number;
        try {
            number = number(text);
        } catch (NumberFormatException noOctal) {
            throw unreadable();
        }
        if (number.compareTo(OCTET.pow(octets)) >= 0) {
            throw unreadable();
        }
        return number;
    }

    private static BigInteger number(String text) {
        if (text.startsWith("0x") || text.startsWith("0X")) {
            return new BigInteger("0" + text.substring(2), 16);
        }
        return new BigInteger(text, text.startsWith("0") ? 8 : 10);
    }

    private static UnreadableUrl unreadable() {
        return new UnreadableUrl("has a host that ends in a number and is no IPv4 address");
    }
}
