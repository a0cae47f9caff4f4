package dev.signalbox.http;

import java.util.regex.Pattern;

/**
 * Who a request counts for and whose answers it may see.
 *
 * @param id {@code -} for everyone, else the full SHA-256 in hex of the credential or of whatever else tells the caller from all
 *     others: safe in a key, a log and a listing
 */
public record Caller(String id) {

    private static final Pattern ID = Pattern.compile("-|[0-9a-f]{64}");

    private static final Caller EVERYONE = new Caller("-");

    /** Refuses an id that could be a credential, or bend a key. */
    public Caller {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a caller is known by - or by 64 hex digits");
        }
    }

    /** The caller of whatever is the same for all. */
    public static Caller everyone() {
        return EVERYONE;
    }

    /** The caller that holds a credential. The credential itself is not kept. */
    public static Caller ofCredential(String credential) {
        return new Caller(Sha256.hex(credential));
    }

    /**
     * The caller that is known by what it is and how it is called. Differs from that of every other kind and every other
     * list of names, and from that of every credential.
     *
     * @param names without NUL, which stands between them
     */
    static Caller ofIdentity(String kind, String... names) {
        StringBuilder identity = new StringBuilder(kind);
        for (String name : names) {
            if (name.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a name with NUL could be two names");
            }
            identity.append('\0').append(name);
        }
        return new Caller(Sha256.hex(identity.toString()));
    }
}
