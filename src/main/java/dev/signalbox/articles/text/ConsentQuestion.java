package dev.signalbox.articles.text;

import java.util.List;
import java.util.Locale;

/** Tells a page that only asks for consent from one that asks and has an article as well. */
final class ConsentQuestion {

    /** With the names of partners and purposes; pages that list hundreds of them do so elsewhere. */
    private static final int LONGEST_WEIGHT = 3_500;

    private static final int BUTTON_CHARS = 60;
    private static final double MOST_RATIO = 0.5;

    private static final List<String> TOPICS = List.of(
            "cookie",
            "consent",
            "privacy",
            "personal data",
            "personalis",
            "personaliz",
            "partners",
            "vendors",
            "tracking",
            "gdpr",
            "ccpa",
            "legitimate interest",
            "advertis",
            "your device",
            "your choices",
            "datenschutz",
            "einwilligung",
            "zustimm",
            "personenbezogen",
            "werbung",
            "endgerät",
            "consentement",
            "confidentialité",
            "données personnelles",
            "partenaires",
            "publicité",
            "consentimiento",
            "privacidad",
            "datos personales",
            "publicidad",
            "socios",
            "consenso",
            "dati personali",
            "pubblicità",
            "toestemming",
            "persoonsgegevens",
            "プライバシー",
            "クッキー",
            "同意",
            "個人情報",
            "広告");

    private static final List<String> ANSWERS = List.of(
            "accept",
            "agree",
            "allow all",
            "consent",
            "got it",
            "i understand",
            "akzeptieren",
            "zustimmen",
            "annehmen",
            "einverstanden",
            "accepter",
            "j'accepte",
            "aceptar",
            "acepto",
            "accetta",
            "accetto",
            "accepteren",
            "akkoord",
            "aceitar",
            "同意",
            "許可");

    private ConsentQuestion() {}

    /** @param visible all lines of the page */
    static boolean isAllOf(List<Line> visible) {
        int weight = 0;
        int asking = 0;
        boolean hasAnswer = false;
        for (Line line : visible) {
            int added = TextWeight.of(line.text());
            String lower = line.text().toLowerCase(Locale.ROOT);
            boolean isAnswer = line.text().length() <= BUTTON_CHARS && count(ANSWERS, lower) > 0;
            weight += added;
            asking += isAnswer || count(TOPICS, lower) > 1 ? added : 0;
            hasAnswer |= isAnswer;
            if (weight > LONGEST_WEIGHT) {
                return false;
            }
        }
        return hasAnswer && asking >= MOST_RATIO * weight;
    }

    private static long count(List<String> words, String line) {
        return words.stream().filter(line::contains).count();
    }
}
