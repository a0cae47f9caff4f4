package dev.signalbox.articles;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** How a part of a URL writes the characters that may not stand in it (RFC 3986 §2.1). */
enum PercentCoding {
    /** Everything but {@code pchar} and slashes. */
    PATH("!$&'()*+,;=:@/"),
    /** As browsers do, the apostrophe too. */
    QUERY("!$&()*+,;=:@/?");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String UNRESERVED_MARKS = "-._~";

    /** What the web writes for half of a surrogate pair. */
    private static final int UNPAIRED = 0xFFFD;

    private final String literal;

    PercentCoding(String literal) {
        this.literal = literal;
    }

    /** Encodes as UTF-8 what may not stand in this part. What is encoded stays as it is; a stray {@code %} is encoded. */
    String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            if (isTriplet(text, i) || isUnreserved(character) || literal.indexOf(character) >= 0) {
                encoded.appendCodePoint(character);
            } else {
                int whole = Character.getType(character) == Character.SURROGATE ? UNPAIRED : character;
                append(encoded, Character.toString(whole).getBytes(StandardCharsets.UTF_8));
            }
            i += Character.charCount(character);
        }
        return encoded.toString();
    }

    /**
     * The one spelling of all that mean the same: what needs no encoding has none, and hex digits are upper-case (RFC 3986
     * §6.2.2).
     *
     * @param encoded made by {@link #encode}
     */
    static String normalised(String encoded) {
        StringBuilder normal = new StringBuilder(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            if (encoded.charAt(i) != '%') {
                normal.append(encoded.charAt(i));
                continue;
            }
            int octet = octet(encoded, i);
            if (isUnreserved(octet)) {
                normal.append((char) octet);
            } else {
                append(normal, (byte) octet);
            }
            i += 2;
        }
        return normal.toString();
    }

    /** The text without any encoding; what is no UTF-8 becomes U+FFFD. */
    static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        byte[] written = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < written.length; i++) {
            if (isTriplet(written, i)) {
                octets.write((HexFormat.fromHexDigit(written[i + 1]) << 4) | HexFormat.fromHexDigit(written[i + 2]));
                i += 2;
            } else {
                octets.write(written[i]);
            }
        }
        return octets.toString(StandardCharsets.UTF_8);
    }

    private static boolean isTriplet(CharSequence text, int at) {
        return text.charAt(at) == '%'
                && at + 2 < text.length()
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
    }

    private static boolean isTriplet(byte[] text, int at) {
        return text[at] == '%'
                && at + 2 < text.length
                && HexFormat.isHexDigit(text[at + 1])
                && HexFormat.isHexDigit(text[at + 2]);
    }

    private static int octet(String text, int at) {
        return HexFormat.fromHexDigits(text, at + 1, at + 3);
    }

    private static boolean isUnreserved(int character) {
        return character < 0x80 && (Character.isLetterOrDigit(character) || UNRESERVED_MARKS.indexOf(character) >= 0);
    }

    private static void append(StringBuilder text, byte... octets) {
        for (byte octet : octets) {
            text.append('%').append(HEX.toHexDigits(octet));
        }
    }
}
