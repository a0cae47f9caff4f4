package dev.signalbox.articles.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * Tells the beginning of an article that is sold from an article.
 *
 * <p>Either the publisher says that it is sold, or the page offers to sell it; and in either case little of it can be read.
 * Publishers that let a reader have some articles for nothing say of all that they are sold, and send all of the text; and an
 * article about paywalls speaks of them at length.
 */
final class Paywall {

    private static final int TEASER_WEIGHT = 1_200;
    private static final int TEASER_OF_SOLD_WEIGHT = 3_000;

    /** Offers are short; who quotes one in a paragraph writes more. */
    private static final int OFFER_CHARS = 220;

    /** Without hyphens and underscores. */
    private static final List<String> NAMES = List.of(
            "contentgate",
            "contentlocked",
            "lockedcontent",
            "memberonly",
            "membersonly",
            "meteredcontent",
            "paidcontent",
            "paywall",
            "regwall",
            "registrationwall",
            "subscriberonly",
            "subscribersonly",
            "subscriptionwall");

    private static final Set<String> OFFERS = Set.of(
            "already a member? sign in to read",
            "become a member to read",
            "become a subscriber to read",
            "create a free account to continue",
            "create an account to read",
            "continue reading with a subscription",
            "continue reading your article with",
            "for members only",
            "for paid subscribers",
            "for paying subscribers only",
            "for subscribers only",
            "free trial to keep reading",
            "keep reading with a",
            "log in to continue reading",
            "member-only story",
            "members-only story",
            "only available to subscribers",
            "register to continue reading",
            "register to read",
            "remaining article is for subscribers",
            "reserved for subscribers",
            "sign in to continue reading",
            "sign up to continue reading",
            "subscribe for full access",
            "subscribe now to continue",
            "subscribe to continue",
            "subscribe to keep reading",
            "subscribe to read",
            "subscribe to unlock",
            "subscriber-only",
            "subscriber exclusive",
            "subscribers only",
            "this article is exclusive to",
            "this article is for subscribers",
            "this content is for members",
            "this post is for paid",
            "this post is for paying",
            "to continue reading, subscribe",
            "to read the full article",
            "to read the full story",
            "to read this story, subscribe",
            "unlock this article",
            "upgrade to read",
            "available to medium members",
            "you have reached your limit of free articles",
            "you've read your last free article",
            "weiterlesen mit",
            "nur für abonnenten",
            "jetzt abonnieren und weiterlesen",
            "réservé aux abonnés",
            "réservé à nos abonnés",
            "il vous reste",
            "solo para suscriptores",
            "exclusivo para suscriptores",
            "suscríbete para seguir leyendo",
            "contenuto riservato agli abbonati",
            "conteúdo exclusivo para assinantes",
            "この記事は会員限定",
            "有料会員限定",
            "続きを読むには");

    private Paywall() {}

    /**
     * Whether one stands before the article.
     *
     * @param isSold what the publisher says
     * @param article what seems to hold the text
     * @param visible all lines of the page
     * @param weight of the text that can be read
     */
    static boolean stands(boolean isSold, Element article, List<Line> visible, int weight) {
        if (isSold && weight < TEASER_OF_SOLD_WEIGHT) {
            return true;
        }
        return weight < TEASER_WEIGHT
                && (visible.stream().anyMatch(line -> isOffer(line.text())) || isCalledPaywall(article));
    }

    private static boolean isOffer(String line) {
        if (line.length() > OFFER_CHARS) {
            return false;
        }
        String lower = line.toLowerCase(Locale.ROOT).replace('’', '\'');
        return OFFERS.stream().anyMatch(lower::contains);
    }

    private static boolean isCalledPaywall(Element article) {
        return Optional.ofNullable(article.ownerDocument())
                .filter(document -> NodeTraversor.filter(new Search(article), document) == NodeFilter.FilterResult.STOP)
                .isPresent();
    }

    /** Stops at an element that calls itself a paywall and says something. */
    private record Search(Element article) implements NodeFilter {

        @Override
        public FilterResult head(Node node, int depth) {
            if (!(node instanceof Element element) || element.nameIs("head")) {
                return node instanceof Element ? FilterResult.SKIP_ENTIRELY : FilterResult.CONTINUE;
            }
            if (Visibility.isHidden(element)) {
                return FilterResult.SKIP_ENTIRELY;
            }
            return isNamed(element) && element.hasText() && !holds(element) ? FilterResult.STOP : FilterResult.CONTINUE;
        }

        private static boolean isNamed(Element element) {
            return element.attributesSize() > 0
                    && Names.of(element).tokens().stream()
                            .map(token -> token.replace("-", "").replace("_", ""))
                            .anyMatch(token -> NAMES.stream().anyMatch(token::contains));
        }

        private boolean holds(Element element) {
            Element inner = article;
            while (inner != null && !inner.equals(element)) {
                inner = inner.parent();
            }
            return inner != null;
        }
    }
}
