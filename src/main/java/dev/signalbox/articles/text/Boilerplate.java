package dev.signalbox.articles.text;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Knows the parts of a page that are not its article, by what they are and by what they are called. */
final class Boilerplate {

    private static final Set<String> ELEMENTS = words("""
            aside button dialog fieldset figcaption footer header input label legend menu meter nav optgroup
            option progress search select textarea
            """);

    private static final Set<String> ROLES = words("""
            alert alertdialog banner button complementary contentinfo dialog doc-backlink doc-toc menu menubar
            navigation search tablist toolbar tooltip
            """);

    /** Names that mean one thing only. */
    private static final Set<String> TOKENS = words("""
            addtoany_share_save_container adsbygoogle anchorjs-link breadcrumb breadcrumbs comment-list
            comment-respond commentlist comments comments-area disqus_thread footnote-backref hatnote infobox
            catlinks headerlink jp-relatedposts linenos lineno mw-editsection nav-links navbox noprint
            post-navigation reflist respond responses sharedaddy table-of-contents toc widget widget-area
            """);

    /** Words that an element has in its name if it is boilerplate, and some articles have too. */
    private static final Set<String> WORDS = words("""
            ad ads adslot advert advertisement advertising author avatar banner bio breadcrumb breadcrumbs
            byline caption comment comments consent cookie cookies copyright credit credits cta disqus donate
            donation eyebrow feedback follow footer gdpr kicker login masthead menu meta modal nav navbar
            navigation newsletter offer offers optin outbrain overlay pager pagination paywall piano popular
            popup postmeta postmetadata prevnext promo promoted promotion rating reactions readnext readtime
            recirc recirculation recommendation recommendations recommended regwall related relatedposts replies
            reply share sharing sidebar signin signup skip social sponsor sponsored subscribe subscription
            survey taboola taglist tags teaser teasers toc toolbar tooltip trending
            """);

    private static final Set<String> GUTTERS = Set.of("blob-num", "gutter", "hljs-ln-numbers", "rouge-gutter");

    /** Remarks that belong to the text stand in the element that is meant for what does not. */
    private static final Set<String> REMARKS = Set.of(
            "admonition",
            "callout",
            "caution",
            "danger",
            "important",
            "info",
            "note",
            "notice",
            "pullquote",
            "tip",
            "warning");

    private static final Set<String> WHOLE = Set.of("html", "body", "main", "article");

    private static final Set<String> LABELS = Set.of(
            "ad",
            "advertisement",
            "advertising",
            "anzeige",
            "publicité",
            "publicidad",
            "sponsored",
            "copied",
            "copy",
            "copy code",
            "continue reading below",
            "read more",
            "read also",
            "also read",
            "related",
            "related articles",
            "related posts",
            "related stories",
            "share",
            "share this",
            "share this article",
            "share this post",
            "scroll to continue",
            "story continues below advertisement",
            "article continues below",
            "article continues after advertisement",
            "leave a comment",
            "loading",
            "sign in",
            "sign up",
            "subscribe");

    private Boilerplate() {}

    private static Set<String> words(String spaced) {
        return Set.of(spaced.strip().split("\\s+", -1));
    }

    /** Whether it never belongs to an article. */
    static boolean isCertain(Element element) {
        String name = element.normalName();
        if (Visibility.isHidden(element)) {
            return true;
        }
        if (WHOLE.contains(name)) {
            return false;
        }
        if (ELEMENTS.contains(name)) {
            return !(name.equals("aside") && Names.of(element).hasWord(REMARKS));
        }
        if (name.equals("sup")) {
            return isFootnoteMark(element);
        }
        return element.attributesSize() > 0
                && (ROLES.contains(element.attr("role")) || Names.of(element).hasToken(TOKENS));
    }

    /** Whether it is called what boilerplate is called. Says nothing of elements within a line: they are its words. */
    static boolean isLikely(Element element) {
        return element.attributesSize() > 0
                && Tags.isBlock(element)
                && !WHOLE.contains(element.normalName())
                && (Names.of(element).hasWord(WORDS) || isGutter(element));
    }

    /** Whether a line is only there to announce or to separate what is not part of the article. */
    static boolean isLabel(String line) {
        int end = line.length();
        while (end > 0 && !Character.isLetterOrDigit(line.charAt(end - 1))) {
            end--;
        }
        return LABELS.contains(line.substring(0, end).toLowerCase(Locale.ROOT));
    }

    private static boolean isFootnoteMark(Element sup) {
        Element link = sup.firstElementChild();
        return link != null && link.nameIs("a") && link.attr("href").startsWith("#");
    }

    /** Where the numbers of lines stand beside a program. */
    private static boolean isGutter(Element element) {
        return element.nameIs("td") && Names.of(element).hasToken(GUTTERS);
    }
}
