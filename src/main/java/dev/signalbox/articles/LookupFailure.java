package dev.signalbox.articles;

/**
 * Why it cannot be said at the moment where a host is, nor whether there is one. Not the fault of whoever has named it.
 *
 * <p>Carries no stack trace: it says what is wrong around us, not where in the code.
 */
@SuppressWarnings("serial") // never serialised
final class LookupFailure extends RuntimeException {

    private final Reason reason;

    /** What stands in the way. */
    enum Reason {
        /** Nobody who knows has answered. */
        NO_ANSWER,
        /** As many names wait as may. */
        TOO_MANY
    }

    LookupFailure(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
