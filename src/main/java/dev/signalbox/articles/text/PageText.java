package dev.signalbox.articles.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the bytes of a page as text, as browsers do (WHATWG HTML §13.2.3), and a little better.
 *
 * <p>In this order: a byte order mark, the Content-Type header, what the head of the page says of itself. If nothing does, or
 * only with a name that nobody knows, it is UTF-8 where it can be, else windows-1252. What calls itself Latin-1 and is valid
 * UTF-8 is UTF-8, because servers say Latin-1 of all that they have. Bytes that mean nothing become U+FFFD.
 */
final class PageText {

    /** Declarations have to lie in the first 1,024 bytes; real ones lie a little farther off. */
    private static final int HEAD_BYTES = 8_192;

    private static final int PROBE_CHARS = 4_096;

    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern IN_HEADER = declaration("(?:^|[;\\s])charset");
    private static final Pattern IN_PAGE =
            declaration("(?:<meta\\b[^>]{0,500}?\\bcharset|<\\?xml\\b[^>]{0,200}?\\bencoding)");

    private PageText() {}

    private static Pattern declaration(String prefix) {
        return Pattern.compile(prefix + "\\s{0,9}=\\s{0,9}[\"']?\\s{0,9}([\\w.:-]{1,40})", Pattern.CASE_INSENSITIVE);
    }

    static String of(Page page) {
        String text = new String(page.body(), charset(page));
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Charset charset(Page page) {
        byte[] body = page.body();
        Optional<Charset> declared =
                marked(body).or(() -> inHeader(page.contentType())).or(() -> inPage(body));
        boolean mayBeAnything = declared.isEmpty() || declared.get().name().equals(CharsetLabel.WESTERN);
        if (mayBeAnything && isUtf8(body)) {
            return StandardCharsets.UTF_8;
        }
        return declared.or(() -> CharsetLabel.charset(CharsetLabel.WESTERN)).orElse(StandardCharsets.ISO_8859_1);
    }

    private static Optional<Charset> marked(byte[] body) {
        if (startsWith(body, 0xEF, 0xBB, 0xBF)) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        if (startsWith(body, 0xFE, 0xFF)) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        return startsWith(body, 0xFF, 0xFE) ? Optional.of(StandardCharsets.UTF_16LE) : Optional.empty();
    }

    private static boolean startsWith(byte[] body, int... mark) {
        boolean starts = body.length >= mark.length;
        for (int i = 0; starts && i < mark.length; i++) {
            starts = (body[i] & 0xFF) == mark[i];
        }
        return starts;
    }

    private static Optional<Charset> inHeader(String contentType) {
        Matcher declaration = IN_HEADER.matcher(contentType);
        return declaration.find() ? CharsetLabel.charset(declaration.group(1)) : Optional.empty();
    }

    private static Optional<Charset> inPage(byte[] body) {
        String head = new String(body, 0, Math.min(body.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
        Matcher declaration = IN_PAGE.matcher(COMMENT.matcher(head).replaceAll(""));
        Optional<Charset> charset = Optional.empty();
        while (charset.isEmpty() && declaration.find()) {
            charset = CharsetLabel.charsetInside(declaration.group(1));
        }
        return charset;
    }

    /** Whether it is, as far as it goes: a page may have been cut in the midst of a character. */
    private static boolean isUtf8(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer chars = CharBuffer.allocate(PROBE_CHARS);
        CoderResult result;
        do {
            result = decoder.decode(bytes, chars.clear(), false);
        } while (result.isOverflow());
        return !result.isError();
    }
}
