package dev.signalbox.articles;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows the parameters that tell a site where a reader comes from, and never what to show: those that the makers of
 * advertisements, newsletters and social networks add to links to pages that are not theirs.
 *
 * <p>A name is only here if no site is known to choose content by it. {@code ref}, {@code source}, {@code id}, {@code s} and
 * {@code t} track on some sites and choose on others: they stay, since two entries of one article are better than one article
 * under the address of another.
 */
final class TrackingParameters {

    /** Campaigns: Google Analytics and all who do as it does, Matomo. */
    private static final Set<String> PREFIXES = Set.of("utm_", "mtm_");

    private static final Set<String> NAMES = Set.of(
            // Clicks on advertisements: Facebook, Google (six), Microsoft, Yandex (two), Twitter, LinkedIn, TikTok,
            // Pinterest,
            // Snapchat, Reddit, Quora.
            "fbclid",
            "gclid",
            "gclsrc",
            "dclid",
            "gbraid",
            "wbraid",
            "srsltid",
            "msclkid",
            "yclid",
            "ysclid",
            "twclid",
            "li_fat_id",
            "ttclid",
            "epik",
            "sccid",
            "rdt_cid",
            "qclid",
            // Shares: Instagram (two), Twitter.
            "igshid",
            "igsh",
            "ref_src",
            "ref_url",
            // Newsletters: Mailchimp (two), HubSpot (six), Marketo, Vero (two), Omeda.
            "mc_cid",
            "mc_eid",
            "_hsenc",
            "_hsmi",
            "__hssc",
            "__hstc",
            "__hsfp",
            "hsctatracking",
            "mkt_tok",
            "vero_conv",
            "vero_id",
            "oly_enc_id",
            // Campaigns of Matomo under their old names (five).
            "pk_campaign",
            "pk_kwd",
            "pk_keyword",
            "pk_source",
            "pk_medium",
            // Visits: Google Analytics across domains (two).
            "_ga",
            "_gl");

    private TrackingParameters() {}

    /**
     * A query without them, sorted by name; parameters of one name keep their order, which may matter. Empty if nothing is
     * left.
     *
     * @param query with its percent-encoding normalised
     */
    static Optional<String> without(String query) {
        String kept = Arrays.stream(query.split("&", -1))
                .filter(parameter -> !parameter.isEmpty() && !tracks(name(parameter)))
                .sorted(Comparator.comparing(TrackingParameters::name))
                .collect(Collectors.joining("&"));
        return kept.isEmpty() ? Optional.empty() : Optional.of(kept);
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? parameter : parameter.substring(0, equals);
    }

    private static boolean tracks(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NAMES.contains(lower) || PREFIXES.stream().anyMatch(lower::startsWith);
    }
}
