package dev.signalbox.articles;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Host of a URL, in the one spelling that all which mean it share: a name in lower-case ASCII without a dot at its end, an
 * IPv4 address with four decimal numbers, or an IPv6 address in brackets (RFC 5952).
 *
 * @param text that spelling
 * @param literal the address, if it is not a name
 */
record WebHost(String text, Optional<InetAddress> literal) {

    private static final int LONGEST = 253;

    /** Underscores are no good style, and in use. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");

    /**
     * Java follows IDNA 2003 and maps these away, browsers follow UTS #46 and keep them: they would mean another site here
     * than in a browser.
     */
    private static final Pattern AMBIGUOUS = Pattern.compile("[\u00DF\u1E9E\u03C2\u200C\u200D]");

    /** Reads a host as it stands in a URL. */
    static WebHost parse(String written) {
        if (written.startsWith("[")) {
            if (!written.endsWith("]")) {
                throw new UnreadableUrl("has a host with a bracket that is not closed");
            }
            byte[] address = Ipv6Text.parse(written.substring(1, written.length() - 1));
            return new WebHost("[" + Ipv6Text.format(address) + "]", Optional.of(address(address)));
        }
        String ascii = withoutLastDot(ascii(PercentCoding.decoded(written)));
        if (ascii.isEmpty()) {
            throw new UnreadableUrl("has no host name");
        }
        if (Ipv4Text.isMeant(ascii)) {
            InetAddress address = address(Ipv4Text.parse(ascii));
            return new WebHost(address.getHostAddress(), Optional.of(address));
        }
        if (ascii.length() > LONGEST || !NAME.matcher(ascii).matches()) {
            throw new UnreadableUrl("has a host name that cannot exist");
        }
        return new WebHost(ascii, Optional.empty());
    }

    private static String ascii(String name) {
        if (name.length() > LONGEST + 1) { // and a dot; to convert what is much longer takes long
            throw new UnreadableUrl("has a host name that cannot exist");
        }
        if (AMBIGUOUS.matcher(name).find()) {
            throw new UnreadableUrl("has a host name that programs read differently: write it in its xn-- form");
        }
        try {
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noName) {
            throw new UnreadableUrl("has a host name that cannot exist");
        }
    }

    private static String withoutLastDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** An IPv6 address that has an IPv4 one mapped into it becomes that one, as it does in the kernel. */
    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }
}
