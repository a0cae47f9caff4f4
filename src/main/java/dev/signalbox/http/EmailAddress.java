package dev.signalbox.http;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address, spelled so that one mailbox is one address: in small letters and Unicode NFC, its host in ASCII. What
 * only some providers take for the same mailbox (dots, what follows a plus) is not the same here.
 *
 * <p>Quoted local parts and addresses in brackets (RFC 5321 §4.1.2) are refused: nobody types them but by mistake.
 *
 * @param text spelled so
 */
public record EmailAddress(String text) {

    /** Without angle brackets (RFC 5321 §4.5.3.1.3). */
    private static final int MAX_BYTES = 254;

    private static final int MAX_LOCAL_BYTES = 64;

    /** To compose a text takes time that grows with the square of its marks, so that nobody's is composed who sends too much. */
    private static final int MAX_CHARS_WRITTEN = 1_000;

    /** Atoms with dots between them (RFC 5321 §4.1.2, RFC 6531 §3.3). */
    private static final Pattern LOCAL = dotted("[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+");

    /** At least two labels, and the last is no number: that would be an IPv4 address. */
    private static final Pattern HOST =
            Pattern.compile("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+(?![0-9]+$)[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    private static Pattern dotted(String atom) {
        return Pattern.compile(atom + "(\\." + atom + ")*");
    }

    /**
     * Reads an address as people write it.
     *
     * @throws ProblemException 422 for what is none, about the field {@code email}
     */
    public static EmailAddress read(String written) {
        if (written.length() > MAX_CHARS_WRITTEN) {
            throw refusedLength();
        }
        String text = normalized(written.strip());
        int at = text.indexOf('@');
        if (at < 0 || at != text.lastIndexOf('@')) {
            throw refused("must be an e-mail address with one @, such as ann@example.org");
        }
        String local = text.substring(0, at);
        if (bytes(local) > MAX_LOCAL_BYTES || !LOCAL.matcher(local).matches()) {
            throw refused("must have 1 to 64 letters, digits, dots between them and !#$%&'*+/=?^_`{|}~- before its @");
        }
        EmailAddress address = new EmailAddress(local + '@' + host(text.substring(at + 1)));
        if (bytes(address.text) > MAX_BYTES) {
            throw refusedLength();
        }
        return address;
    }

    /** The same without a word about what is wrong; empty for what is none. */
    public static Optional<EmailAddress> parse(String written) {
        try {
            return Optional.of(read(written));
        } catch (ProblemException none) {
            return Optional.empty();
        }
    }

    /** Stands for the address where it must not be shown: in keys and logs. */
    public String digest() {
        return Sha256.hex(text);
    }

    private static String host(String written) {
        try {
            String host = IDN.toASCII(written, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            if (HOST.matcher(host).matches()) {
                return host;
            }
        } catch (IllegalArgumentException unreadable) {
            throw refusedHost();
        }
        throw refusedHost();
    }

    /** Lower case first would undo nothing, but may come apart: so it is composed last. */
    private static String normalized(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        return Normalizer.normalize(composed.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static ProblemException refusedLength() {
        return refused("must be at most " + MAX_BYTES + " bytes long");
    }

    private static ProblemException refusedHost() {
        return refused("must have the name of a host behind its @, such as example.org");
    }

    private static ProblemException refused(String detail) {
        return ProblemException.invalid(List.of(new Problem.FieldError("email", detail)));
    }

    @Override
    public String toString() {
        return "an e-mail address";
    }
}
