package dev.signalbox.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the {@code Accept-Encoding} of a request says about gzip (RFC 9110 §12.5.3). */
final class AcceptEncoding {

    private static final Pattern WEIGHT = Pattern.compile("0(\\.\\d{0,3})?|1(\\.0{0,3})?");
    private static final double NOT_SAID = -1;

    private AcceptEncoding() {}

    /**
     * Whether gzip is acceptable and not liked less than no encoding. Where neither is acceptable the answer is no: a body
     * that the client did not want is more useful to it than a refusal, and the RFC lets us choose.
     *
     * @param values one for each line of the field; none where there is no field, which asks for nothing
     */
    static boolean prefersGzip(List<String> values) {
        if (values.isEmpty()) {
            return false;
        }
        String value = values.size() == 1 ? values.getFirst() : String.join(",", values);
        return value.equals("gzip") || value.startsWith("gzip, deflate") || prefersGzip(value);
    }

    private static boolean prefersGzip(String value) {
        double gzip = NOT_SAID;
        double identity = NOT_SAID;
        double others = NOT_SAID;
        for (String member : value.split(",", -1)) {
            int semicolon = member.indexOf(';');
            String coding = (semicolon < 0 ? member : member.substring(0, semicolon))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            double weight = semicolon < 0 ? 1 : weight(member.substring(semicolon + 1));
            switch (coding) {
                case "gzip", "x-gzip" -> gzip = weight;
                case "identity" -> identity = weight;
                case "*" -> others = weight;
                default -> {} // a coding that we do not keep
            }
        }
        double ofGzip = gzip == NOT_SAID ? others : gzip;
        // No encoding is acceptable unless it is refused, but whoever names only others likes those more.
        return ofGzip > 0 && ofGzip >= identity;
    }

    /** Zero, which refuses, for what is not a weight. */
    private static double weight(String parameter) {
        String text = parameter.strip();
        boolean named = text.regionMatches(true, 0, "q=", 0, 2);
        return named && WEIGHT.matcher(text.substring(2)).matches() ? Double.parseDouble(text.substring(2)) : 0;
    }
}
