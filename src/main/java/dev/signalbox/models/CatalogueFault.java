package dev.signalbox.models;

/**
 * Why bytes are not a catalogue. The message goes on a sentence that begins with who sent them.
 *
 * <p>Carries no stack trace: the fault is in the bytes.
 */
@SuppressWarnings("serial") // never serialised
final class CatalogueFault extends Exception {

    private final boolean incomplete;

    private CatalogueFault(String message, boolean incomplete) {
        super(message, null, false, false);
        this.incomplete = incomplete;
    }

    /** A part is missing. */
    static CatalogueFault incomplete(String message) {
        return new CatalogueFault(message, true);
    }

    /** Nothing is missing, but this is something else. */
    static CatalogueFault malformed(String message) {
        return new CatalogueFault(message, false);
    }

    boolean isIncomplete() {
        return incomplete;
    }
}
