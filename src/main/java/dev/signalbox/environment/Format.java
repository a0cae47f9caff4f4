package dev.signalbox.environment;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What the value of a variable may be. One function both reads and refuses, so that what is checked is what is used.
 *
 * @param expected what a good value is, as a phrase that goes on after "expected"
 * @param authority whether the value decides who may come in: then one that was never expanded is refused, because to
 *     count it as unset would open the door
 * @param read the value of the property; throws {@link IllegalArgumentException} with a sentence that does not show the
 *     value
 * @param show the value without its secrets
 */
record Format(String expected, boolean authority, UnaryOperator<String> read, UnaryOperator<String> show) {

    private static final int LONGEST_PREFIX = 64;
    private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,10}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,6}(\\.[0-9]{0,9})?|\\.[0-9]{1,9}");
    private static final Pattern DOLLARS = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,2})?");
    private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

    /** A value without secrets, whose surrounding blanks mean nothing. */
    static Format of(String expected, UnaryOperator<String> read) {
        return new Format(expected, false, text -> read.apply(text.strip()), Shown::plain);
    }

    static Format text() {
        return new Format("any text", false, UnaryOperator.identity(), Shown::plain);
    }

    static Format secret() {
        return new Format("any text", false, UnaryOperator.identity(), Shown::hidden);
    }

    static Format number(int least, int most) {
        return of("a whole number from " + least + " to " + most, text -> Integer.toString(whole(text, least, most)));
    }

    static Format millis(int least, int most) {
        return of(
                "milliseconds, a whole number from " + least + " to " + most,
                text -> Duration.ofMillis(whole(text, least, most)).toString());
    }

    static Format hours() {
        return of("hours above 0, decimals allowed (0.5 is half an hour)", text -> {
            if (!DECIMAL.matcher(text).matches()) {
                throw new IllegalArgumentException("it is not a number of hours");
            }
            long millis = new BigDecimal(text).multiply(MILLIS_PER_HOUR).longValue();
            if (millis < 1) {
                throw new IllegalArgumentException("it is not above 0");
            }
            return Duration.ofMillis(millis).toString();
        });
    }

    static Format dollars() {
        return of("dollars, with or without cents (4.99)", text -> {
            if (!DOLLARS.matcher(text).matches()) {
                throw new IllegalArgumentException("it is not an amount of dollars");
            }
            return text;
        });
    }

    static Format flag(String whenTrue, String whenFalse) {
        return of("true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> whenTrue;
            case "false", "0", "no", "off" -> whenFalse;
            default -> throw new IllegalArgumentException("it is neither true nor false");
        });
    }

    static Format host() {
        return of("a host name or an address, without a port", text -> {
            String address = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
            if (!RedisUrl.isHost(address)) {
                throw new IllegalArgumentException("it is not a host name or an address");
            }
            return address;
        });
    }

    static Format redisUrl() {
        return new Format(
                "redis://[[user]:password@]host[:port][/db], or rediss:// for TLS",
                false,
                text -> {
                    String url = text.strip();
                    var _ = RedisUrl.parse(url);
                    return url;
                },
                Shown::address);
    }

    static Format redisMode() {
        return of("standalone", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "standalone" -> "standalone";
            case "sentinel", "cluster" -> throw new IllegalArgumentException("a later version brings this mode");
            default -> throw new IllegalArgumentException("there is no such mode");
        });
    }

    static Format onOutage() {
        return of("share, open or closed", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "share" -> "share";
            case "open" -> "open";
            case "closed" -> "closed";
            default -> throw new IllegalArgumentException("there is no such choice");
        });
    }

    static Format keyPrefix() {
        return of("1 to " + LONGEST_PREFIX + " characters without blanks, { and }", text -> {
            if (text.length() > LONGEST_PREFIX) {
                throw new IllegalArgumentException("it is too long");
            }
            if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
                throw new IllegalArgumentException("braces would decide where a cluster keeps our keys");
            }
            if (text.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
                throw new IllegalArgumentException("it has a blank or a control character");
            }
            return text;
        });
    }

    /** Blanks around it mean nothing; a directory whose name ends with one cannot be named. */
    static Format directory() {
        return of("a directory, or off", text -> {
            if ("off".equalsIgnoreCase(text)) {
                return "off";
            }
            try {
                return Path.of(text).toString();
            } catch (InvalidPathException unusable) {
                throw new IllegalArgumentException("it cannot be the name of a directory", unusable);
            }
        });
    }

    static Format environmentName() {
        return of("development, production or another word of small letters, digits, - and _", text -> {
            String word = text.toLowerCase(Locale.ROOT);
            if (!WORD.matcher(word).matches()) {
                throw new IllegalArgumentException("it is not one word");
            }
            return "prod".equals(word) ? EnvironmentConfig.PRODUCTION : word;
        });
    }

    private static int whole(String text, int least, int most) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("it is not a whole number of at most ten digits");
        }
        long number = Long.parseLong(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException("it is out of range");
        }
        return (int) number;
    }
}
