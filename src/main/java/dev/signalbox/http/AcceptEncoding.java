package dev.signalbox.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an {@code Accept-Encoding} header says about gzip (RFC 9110 §12.5.3). */
final class AcceptEncoding {

    private AcceptEncoding() {}

    /**
     * Whether gzip is acceptable and not liked less than no encoding.
     *
     * @param header the field's value; null where there is none
     */
    static boolean prefersGzip(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            return false;
        }
        if (header.startsWith("gzip,") || header.equals("gzip")) {
            return true; // what nearly every client sends
        }
        double gzip = -1;
        double identity = -1;
        double any = -1;
        for (String member : header.split(",", -1)) {
            int semicolon = member.indexOf(';');
            String coding = (semicolon < 0 ? member : member.substring(0, semicolon))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            double weight = semicolon < 0 ? 1 : weight(member.substring(semicolon + 1));
            switch (coding) {
                case "gzip", "x-gzip" -> gzip = weight;
                case "identity" -> identity = weight;
                case "*" -> any = weight;
                default -> {} // a coding that is not kept
            }
        }
        double ofGzip = gzip >= 0 ? gzip : any;
        return ofGzip > 0 && ofGzip >= identity;
    }

    private static double weight(String parameter) {
        String text = parameter.strip();
        if (!text.startsWith("q=") && !text.startsWith("Q=")) {
            return 1;
        }
        try {
            double weight = Double.parseDouble(text.substring(2).strip());
            return weight >= 0 && weight <= 1 ? weight : 0;
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }
}
