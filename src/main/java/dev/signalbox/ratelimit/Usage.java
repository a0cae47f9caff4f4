package dev.signalbox.ratelimit;

/**
 * How a limit stands for its caller after a decision.
 *
 * @param admits whether it would have allowed what was wanted; a shadow limit may not, and still nothing is refused
 * @param used units of the whole limit that are known to be used, also where only a share of what remains may be taken
 * @param remaining units that could be taken now
 * @param resetMicros time until all of them can
 * @param retryMicros time until the same can be taken, if nothing else is meanwhile; 0 where it is admitted,
 *     {@link #NEVER} where it is more than the whole limit; some seconds where it takes Redis to be back
 */
public record Usage(Limit limit, boolean admits, long used, long remaining, long resetMicros, long retryMicros) {

    /** The wait for what can never be taken. */
    public static final long NEVER = -1;

    /** Of a limit of which all may be taken: what does not remain is used. */
    Usage(Limit limit, boolean admits, long remaining, long resetMicros, long retryMicros) {
        this(limit, admits, limit.amount() - remaining, remaining, resetMicros, retryMicros);
    }

    /** Whether this is what refuses. */
    boolean refuses() {
        return !admits && !limit.isShadow();
    }
}
