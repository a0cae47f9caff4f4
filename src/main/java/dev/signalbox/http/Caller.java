package dev.signalbox.http;

/**
 * Who a request counts for and whose answers it may see.
 *
 * @param id {@code -} for everyone, else the full SHA-256 of the credential in hex: safe in a key, a log and a listing
 */
public record Caller(String id) {

    private static final Caller EVERYONE = new Caller("-");

    /** The caller of whatever is the same for all. */
    public static Caller everyone() {
        return EVERYONE;
    }

    /** The caller that holds a credential. The credential itself is not kept. */
    public static Caller ofCredential(String credential) {
        return new Caller(Sha256.hex(credential));
    }
}
