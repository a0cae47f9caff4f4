package dev.signalbox.redis;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a command has no reply. Without stack trace: in an outage each request makes one.
 *
 * <p>Messages name commands and codes, never keys or values.
 */
public abstract sealed class RedisFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RedisFailure(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }

    /** Whether the server may have executed the command although there is no reply. */
    public abstract boolean mayHaveBeenExecuted();

    /** The command was not sent: the link is down, writes are refused, or too much is in flight already. */
    public static final class Unavailable extends RedisFailure {

        private static final long serialVersionUID = 1L;

        /** Not sent, for this reason. */
        public Unavailable(String reason) {
            super(reason, null);
        }

        @Override
        public boolean mayHaveBeenExecuted() {
            return false;
        }
    }

    /** The command was sent and its deadline passed. */
    public static final class Overdue extends RedisFailure {

        private static final long serialVersionUID = 1L;

        /** Sent, and no reply in time. */
        public Overdue(String command, Duration deadline) {
            super("Redis operation timeout (" + command + " had no reply within " + deadline.toMillis() + " ms)", null);
        }

        @Override
        public boolean mayHaveBeenExecuted() {
            return true;
        }
    }

    /** The connection could not be made, or broke with the command in flight. */
    public static final class Disconnected extends RedisFailure {

        private static final long serialVersionUID = 1L;

        /** Broken, with what the transport said about it. */
        public Disconnected(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean mayHaveBeenExecuted() {
            return true;
        }
    }

    /** The server answered with an error. */
    public static final class Rejected extends RedisFailure {

        private static final long serialVersionUID = 1L;

        /** Before Redis 7, what a command in a script answers is wrapped: {@code ERR Error running script …: -OOM …}. */
        private static final Pattern RAISED_IN_SCRIPT = Pattern.compile("^ERR Error running script.*: -?([A-Z]{3,}) ");

        private final String code;

        /** An error reply, as the server spelled it: {@code CODE text}. */
        public Rejected(String message) {
            super(message, null);
            this.code = codeOf(message);
        }

        private static String codeOf(String message) {
            Matcher inScript = RAISED_IN_SCRIPT.matcher(message);
            if (inScript.find()) {
                return inScript.group(1);
            }
            int blank = message.indexOf(' ');
            return blank < 0 ? message : message.substring(0, blank);
        }

        /** The first word of the reply, such as {@code OOM} or {@code NOSCRIPT}; in a script, that of the command's. */
        public String code() {
            return code;
        }

        /** Whether this says nothing of the server: the same command would be refused again, and any other would not. */
        public boolean isForItsOwnSake() {
            return Refusal.by(this) == Refusal.OF_THE_COMMAND;
        }

        @Override
        public boolean mayHaveBeenExecuted() {
            return false;
        }
    }
}
