package dev.signalbox.articles;

/**
 * Hosts whose articles may be read: one, or all below one.
 *
 * @param name a host in the spelling of {@link WebHost}
 * @param below whether what is meant is every host below that one, at any depth, and not itself
 */
record AllowedHost(String name, boolean below) {

    private static final String BELOW = "*.";

    /**
     * Reads {@code medium.com}, {@code *.medium.com} or an address. A {@code *} anywhere else is refused: {@code blog.*.com}
     * would admit {@code blog.attacker.com}.
     *
     * @throws IllegalArgumentException with a sentence that says what is expected
     */
    static AllowedHost parse(String text) {
        String entry = text.strip();
        boolean below = entry.startsWith(BELOW);
        String written = below ? entry.substring(BELOW.length()) : entry;
        if (written.indexOf('*') >= 0) {
            throw new IllegalArgumentException("a * can only stand for all that is before a name, as in *.medium.com");
        }
        WebHost host;
        try {
            host = WebHost.parse(isBareIpv6(written) ? "[" + written + "]" : written);
        } catch (UnreadableUrl unreadable) {
            throw new IllegalArgumentException(
                    "expected a host name without scheme, port and path, such as medium.com or *.medium.com",
                    unreadable);
        }
        if (below && host.literal().isPresent()) {
            throw new IllegalArgumentException("there is nothing below an address: leave out the *.");
        }
        return new AllowedHost(host.text(), below);
    }

    private static boolean isBareIpv6(String written) {
        return !written.startsWith("[") && written.indexOf(':') != written.lastIndexOf(':');
    }

    @Override
    public String toString() {
        return below ? BELOW + name : name;
    }
}
