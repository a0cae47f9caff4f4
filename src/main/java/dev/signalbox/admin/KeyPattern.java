package dev.signalbox.admin;

import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.redis.KeySpace;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which keys to list: a glob that matches no key of anybody else's.
 *
 * @param shown as it was given
 * @param glob for Redis
 */
record KeyPattern(String shown, String glob) {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_.:{}*?@-]{0,200}");

    /** Redis tries every split of the text for each star of a glob, on its one thread. */
    private static final int MOST_STARS = 4;

    /**
     * Reads a pattern: one that begins with our prefix, or with a star, which stands for our prefix and more.
     *
     * @throws ProblemException 400 for any other
     */
    static KeyPattern read(@Nullable String given, KeySpace keys) {
        String pattern = given == null || given.isEmpty() ? "*" : given;
        boolean ours = pattern.startsWith(keys.beginning());
        if (!ours && !pattern.startsWith("*")) {
            throw refused(
                    "The pattern must begin with '" + keys.beginning() + "' or with '*': other keys are not ours.");
        }
        String rest = ours ? pattern.substring(keys.beginning().length()) : pattern;
        if (!HARMLESS.matcher(rest).matches()) {
            throw refused("The pattern may have up to 200 letters, digits and characters of _.:{}@-, and * and ?.");
        }
        if (rest.chars().filter(c -> c == '*').count() > MOST_STARS) {
            throw refused("The pattern may have " + MOST_STARS + " stars at most.");
        }
        return new KeyPattern(pattern, keys.glob(rest));
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(ProblemType.BAD_REQUEST, detail);
    }
}
