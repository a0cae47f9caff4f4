package dev.signalbox.environment;

import java.net.Inet6Address;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis server is and who we are to it.
 *
 * <p>Read by hand and not by {@link java.net.URI}, because real addresses break its rules: host names with {@code _}, and
 * passwords that nobody percent-encoded. The user information ends at the <em>last</em> {@code @}; in it a {@code %xx} is
 * decoded and a {@code +} is a plus (RFC 3986 §2.1, not the rules of HTML forms).
 *
 * @param tls whether the connection is encrypted ({@code rediss})
 * @param host a name or an address; IPv6 without its brackets
 * @param port 1 to 65535
 * @param username absent for the server's default user
 * @param password absent where the server wants none
 * @param db number of the database, from 0
 */
public record RedisUrl(
        boolean tls, String host, int port, Optional<String> username, Optional<String> password, int db) {

    /** The port of a Redis server whose address names none. */
    public static final int DEFAULT_PORT = 6379;

    private static final int HIGHEST_PORT = 65_535;

    private static final Pattern SCHEME = Pattern.compile("(redis|rediss)://", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECOND_URL = Pattern.compile(",\\s*rediss?://", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?");

    /** Host, port, path and options; each with its mark. */
    private static final Pattern PLACE =
            Pattern.compile("(?<host>\\[[^]]*]|[^\\[:/?][^:/?]*|)(?<port>:[^/?]*)?(?<path>/[^?]*)?(?<options>\\?.*)?");

    /** Refuses what could not be connected to. */
    public RedisUrl {
        if (!isHost(host)) {
            throw new IllegalArgumentException("the host is not a name or an address");
        }
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("the port is not between 1 and 65535");
        }
        if (db < 0) {
            throw new IllegalArgumentException("the database is not a number from 0");
        }
    }

    /**
     * Reads {@code redis[s]://[[user]:password@]host[:port][/db]}.
     *
     * <p>The option {@code ?family=…} is read over, because Railway advises it for another client; any other is refused.
     *
     * @throws IllegalArgumentException with a sentence that shows no part of the text
     */
    public static RedisUrl parse(String text) {
        String stripped = text.strip();
        Matcher scheme = SCHEME.matcher(stripped);
        if (!scheme.lookingAt()) {
            throw new IllegalArgumentException("it does not begin with redis:// or rediss://");
        }
        String rest = stripped.substring(scheme.end());
        int at = rest.lastIndexOf('@');
        if (SECOND_URL.matcher(rest).find() || rest.indexOf(',', at + 1) >= 0) {
            throw new IllegalArgumentException(
                    "several addresses need sentinel or cluster mode, which a later version brings");
        }
        Optional<Login> login = at < 0 ? Optional.empty() : Optional.of(Login.parse(rest.substring(0, at)));
        Matcher place = PLACE.matcher(rest.substring(at + 1));
        if (!place.matches()) {
            throw new IllegalArgumentException("the host and port are not readable (an IPv6 address goes in brackets)");
        }
        refuseOptions(place.group("options"));
        return new RedisUrl(
                "rediss".equals(scheme.group(1).toLowerCase(Locale.ROOT)),
                host(place.group("host")),
                port(place.group("port")),
                login.flatMap(Login::username),
                login.flatMap(Login::password),
                db(place.group("path")));
    }

    /** Whether a text is a host name or an address, IPv6 without brackets. Looks nothing up. */
    public static boolean isHost(String text) {
        return NAME.matcher(text).matches() || isIpv6(text);
    }

    /** The address as it may be logged: the password is hidden, all else is shown. */
    @Override
    public String toString() {
        String user = username.orElse(password.isPresent() ? "default" : "");
        String login = password.isPresent() ? user + ":***@" : user.isEmpty() ? "" : user + "@";
        String place = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return (tls ? "rediss://" : "redis://") + login + place + ":" + port + "/" + db;
    }

    private static String host(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the host is missing");
        }
        if (!text.startsWith("[")) {
            return text;
        }
        String address = text.substring(1, text.length() - 1);
        if (!isIpv6(address)) {
            throw new IllegalArgumentException("the brackets do not hold an IPv6 address");
        }
        return address;
    }

    private static int port(@Nullable String text) {
        if (text == null) {
            return DEFAULT_PORT;
        }
        if (text.indexOf(':', 1) >= 0) {
            throw new IllegalArgumentException("the host has colons (an IPv6 address goes in brackets)");
        }
        return number(text.substring(1), "the port is not between 1 and 65535");
    }

    private static int db(@Nullable String path) {
        return path == null || path.length() == 1
                ? 0
                : number(path.substring(1), "the database is not a number from 0");
    }

    private static void refuseOptions(@Nullable String options) {
        if (options != null && !options.matches("\\?(family=[046]?)?")) {
            throw new IllegalArgumentException("it has options after a question mark, which mean nothing here");
        }
    }

    private static int number(String digits, String refusal) {
        if (!digits.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(refusal);
        }
        return Integer.parseInt(digits);
    }

    private static boolean isIpv6(String text) {
        if (text.indexOf(':') < 0 || text.startsWith("[")) {
            return false;
        }
        try {
            return Inet6Address.ofLiteral(text) != null;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
