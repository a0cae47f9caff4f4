package dev.signalbox.articles;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/** IPv6 addresses as text. */
final class Ipv6Text {

    private static final Pattern CHARACTERS = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final int OCTETS = 16;

    private Ipv6Text() {}

    /** The sixteen octets of any spelling (RFC 4291 §2.2), without brackets. */
    static byte[] parse(String text) {
        if (!CHARACTERS.matcher(text).matches() || text.indexOf(':') < 0) {
            throw unreadable();
        }
        byte[] address;
        try {
            address = InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException noAddress) {
            throw unreadable();
        }
        return address.length == OCTETS ? address : mapped(address);
    }

    /** The one spelling of an address (RFC 5952 §4), without brackets. */
    static String format(byte[] address) {
        int[] groups = new int[OCTETS / 2];
        Arrays.setAll(groups, i -> ((address[2 * i] & 0xFF) << 8) | (address[2 * i + 1] & 0xFF));
        int gap = 0;
        int gapLength = 1; // a single group of zeros is not shortened
        for (int i = 0; i < groups.length; i++) {
            int length = zeros(groups, i);
            if (length > gapLength) {
                gap = i;
                gapLength = length;
            }
        }
        return gapLength == 1
                ? joined(groups, 0, groups.length)
                : joined(groups, 0, gap) + "::" + joined(groups, gap + gapLength, groups.length);
    }

    private static int zeros(int[] groups, int from) {
        int end = from;
        while (end < groups.length && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static String joined(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    /** Java gives the IPv4 address that is mapped into an IPv6 one (RFC 4291 §2.5.5.2). */
    private static byte[] mapped(byte[] ipv4) {
        byte[] address = new byte[OCTETS];
        address[10] = (byte) 0xFF;
        address[11] = (byte) 0xFF;
        System.arraycopy(ipv4, 0, address, 12, ipv4.length);
        return address;
    }

    private static UnreadableUrl unreadable() {
        return new UnreadableUrl("has a host in brackets that is no IPv6 address");
    }
}
