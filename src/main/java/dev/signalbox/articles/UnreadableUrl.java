package dev.signalbox.articles;

/**
 * Why a text is not the address of a web page. The message goes on a sentence that begins with the address.
 *
 * <p>Carries no stack trace: the fault is in the text.
 */
@SuppressWarnings("serial") // never serialised
final class UnreadableUrl extends RuntimeException {

    UnreadableUrl(String message) {
        super(message, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
