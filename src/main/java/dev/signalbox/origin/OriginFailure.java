package dev.signalbox.origin;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Why a server gave nothing that can be used. The message is for the operator: it names the address, without credential
 * and query, what happened, and what to look at. {@link #reason()} is for everyone else.
 *
 * <p>Carries no stack trace: it says where in the network something failed, not where in the code.
 */
@SuppressWarnings("serial") // never serialised
public abstract sealed class OriginFailure extends RuntimeException {

    private final String message;
    private final String reason;

    private OriginFailure(URI asked, String reason, String advice) {
        super(null, null, false, false);
        this.message = named(asked) + " " + reason + ". " + advice + ".";
        this.reason = reason;
    }

    @Override
    public final String getMessage() {
        return message;
    }

    /** What the server did, as the rest of a sentence that begins with it; names no address. */
    public final String reason() {
        return reason;
    }

    private static String named(URI asked) {
        // Not its host, which java.net.URI does not find in names with an underscore.
        String authority = asked.getRawAuthority();
        return asked.getScheme() + "://" + authority.substring(authority.indexOf('@') + 1) + asked.getRawPath();
    }

    /** No connection, or none that may be trusted. Nothing was asked. */
    public static final class Unreachable extends OriginFailure {

        /** Tells what stood between us. */
        public Unreachable(URI asked, String reason, String advice) {
            super(asked, reason, advice);
        }
    }

    /** Not asked, because it has failed again and again just before. */
    public static final class LeftAlone extends OriginFailure {

        /** Tells for how long it is left alone after each failure. */
        public LeftAlone(URI asked, Duration pause) {
            super(
                    asked,
                    "is not asked for " + pause.toSeconds() + " s, because it failed again and again",
                    "Look at what was logged before");
        }
    }

    /** Not complete when its time was over. */
    public static final class TimedOut extends OriginFailure {

        /** Tells how long was waited and the property that sets it. */
        public TimedOut(URI asked, Duration waited, String property) {
            super(
                    asked,
                    "did not answer completely within " + waited.toMillis() + " ms",
                    "Look whether it is overloaded, or raise " + property);
        }
    }

    /** A complete answer whose status says no. */
    public static final class BadAnswer extends OriginFailure {

        private final int status;

        /** Tells the status. */
        public BadAnswer(URI asked, int status) {
            this(asked, status, List.of());
        }

        /** Tells the status, and in a few words of the server's why. */
        BadAnswer(URI asked, int status, List<String> causes) {
            super(
                    asked,
                    "answered with status " + status + (causes.isEmpty() ? "" : " " + causes),
                    "Look at its log, and whether the address is right");
            this.status = status;
        }

        /** HTTP status. */
        public int status() {
            return status;
        }
    }

    /** Part of an answer. */
    public static final class Incomplete extends OriginFailure {

        /** Tells what is missing. */
        public Incomplete(URI asked, String reason) {
            super(asked, reason, "Look at its log, and at proxies between");
        }
    }

    /** More than we are ready to read. */
    public static final class TooLarge extends OriginFailure {

        /** Tells the limit and the property that sets it. */
        public TooLarge(URI asked, long limitBytes, String property) {
            super(asked, "sent more than " + limitBytes + " bytes", "If that is right, raise " + property);
        }
    }

    /** A whole answer that is not what was asked for. */
    public static final class Malformed extends OriginFailure {

        /** Tells what is wrong with it. */
        public Malformed(URI asked, String reason) {
            super(asked, reason, "Look at what it answers there, and whether the address is right");
        }
    }
}
