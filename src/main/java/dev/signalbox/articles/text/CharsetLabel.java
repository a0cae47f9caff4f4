package dev.signalbox.articles.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What pages call a charset, and which one browsers take it for (WHATWG Encoding Standard §4.2). */
final class CharsetLabel {

    /** What browsers read Latin-1 and ASCII as: quotes and dashes lie where those have control characters. */
    static final String WESTERN = "windows-1252";

    private CharsetLabel() {}

    /**
     * Finds it.
     *
     * @return empty for names that mean nothing on the web, and for charsets that this runtime was built without
     */
    static Optional<Charset> charset(String label) {
        String name = javaName(label.strip().toLowerCase(Locale.ROOT));
        return !name.isEmpty() && Charset.isSupported(name) ? Optional.of(Charset.forName(name)) : Optional.empty();
    }

    /** The same for what the page itself says: it could not be read thus far if it were in UTF-16. */
    static Optional<Charset> charsetInside(String label) {
        return charset(label).map(charset -> charset.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : charset);
    }

    private static String javaName(String label) {
        return switch (label) {
            case "utf-8", "utf8", "unicode-1-1-utf-8", "unicode11utf8", "x-unicode20utf8" -> "UTF-8";
            case "utf-16", "utf-16le", "unicode", "ucs-2", "iso-10646-ucs-2", "csunicode" -> "UTF-16LE";
            case "utf-16be", "unicodefffe" -> "UTF-16BE";
            case "iso-8859-1", "iso8859-1", "iso88591", "iso_8859-1", "latin1", "latin-1", "l1", "ascii", "us-ascii" ->
                WESTERN;
            case "windows-1252", "cp1252", "x-cp1252", "ansi_x3.4-1968", "cp819", "ibm819" -> WESTERN;
            case "iso-8859-2", "iso8859-2", "iso_8859-2", "latin2", "l2" -> "ISO-8859-2";
            case "iso-8859-3", "latin3", "l3" -> "ISO-8859-3";
            case "iso-8859-4", "latin4", "l4" -> "ISO-8859-4";
            case "iso-8859-5", "cyrillic" -> "ISO-8859-5";
            case "iso-8859-6", "arabic", "asmo-708" -> "ISO-8859-6";
            case "iso-8859-7", "greek", "greek8" -> "ISO-8859-7";
            case "iso-8859-8", "iso-8859-8-i", "iso-8859-8-e", "hebrew", "logical", "visual" -> "ISO-8859-8";
            case "iso-8859-9", "latin5", "l5", "windows-1254", "cp1254", "x-cp1254" -> "windows-1254";
            case "iso-8859-11", "tis-620", "windows-874", "dos-874" -> "x-windows-874";
            case "iso-8859-13" -> "ISO-8859-13";
            case "iso-8859-15", "iso8859-15", "latin9", "l9" -> "ISO-8859-15";
            case "iso-8859-16" -> "ISO-8859-16";
            case "windows-1250", "cp1250", "x-cp1250" -> "windows-1250";
            case "windows-1251", "cp1251", "x-cp1251" -> "windows-1251";
            case "windows-1253", "cp1253", "x-cp1253" -> "windows-1253";
            case "windows-1255", "cp1255", "x-cp1255" -> "windows-1255";
            case "windows-1256", "cp1256", "x-cp1256" -> "windows-1256";
            case "windows-1257", "cp1257", "x-cp1257" -> "windows-1257";
            case "windows-1258", "cp1258", "x-cp1258" -> "windows-1258";
            case "koi8-r", "koi8", "koi", "koi8_r", "cskoi8r" -> "KOI8-R";
            case "koi8-u", "koi8-ru" -> "KOI8-U";
            case "ibm866", "cp866", "866" -> "IBM866";
            case "macintosh", "mac", "x-mac-roman" -> "x-MacRoman";
            case "x-mac-cyrillic", "x-mac-ukrainian" -> "x-MacCyrillic";
            case "shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "ms932", "windows-31j" -> "windows-31j";
            case "euc-jp", "eucjp", "x-euc-jp" -> "EUC-JP";
            case "iso-2022-jp", "csiso2022jp" -> "ISO-2022-JP";
            case "gb18030", "gbk", "x-gbk", "gb2312", "gb_2312", "gb_2312-80", "chinese", "cp936", "ms936" -> "GB18030";
            case "big5", "big5-hkscs", "cn-big5", "x-x-big5" -> "Big5-HKSCS";
            case "euc-kr", "ks_c_5601-1987", "ks_c_5601-1989", "ksc5601", "korean", "windows-949", "cp949" ->
                "x-windows-949";
            default -> "";
        };
    }
}
