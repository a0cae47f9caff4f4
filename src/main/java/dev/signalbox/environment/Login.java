package dev.signalbox.environment;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** The part of an address before its {@code @}. */
record Login(Optional<String> username, Optional<String> password) {

    /**
     * Reads {@code [user]:[password]}. A lone word is refused: some clients take it for the user and some for the
     * password.
     *
     * @throws IllegalArgumentException with a sentence that shows no part of the text
     */
    static Login parse(String text) {
        if (text.isEmpty()) {
            return new Login(Optional.empty(), Optional.empty());
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("before the @ there is no colon (write user:password@ or :password@)");
        }
        return new Login(decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)));
    }

    private static Optional<String> decoded(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text.indexOf('%') < 0 ? text : percentDecoded(text));
    }

    private static String percentDecoded(String text) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(text.length());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                decoded.write(bytes[i]);
            } else if (i + 2 < bytes.length
                    && HexFormat.isHexDigit(bytes[i + 1])
                    && HexFormat.isHexDigit(bytes[i + 2])) {
                decoded.write(HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2]));
                i += 2;
            } else {
                throw new IllegalArgumentException("the login has a % without two hex digits (write % as %25)");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new IllegalArgumentException("the percent-encoded bytes of the login are not UTF-8", notUtf8);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
