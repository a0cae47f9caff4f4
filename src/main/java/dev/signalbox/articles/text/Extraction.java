package dev.signalbox.articles.text;

import java.util.Optional;

/** What a page turned out to hold. */
public sealed interface Extraction {

    /** An article. */
    record Found(Article article) implements Extraction {}

    /**
     * The beginning of an article that its publisher sells.
     *
     * @param title of the article, if the page gives one
     * @param teaser what everybody may read of it, in the form of {@link Article#text()}; may be empty
     */
    record Paywalled(Optional<String> title, String teaser) implements Extraction {}

    /** A question for consent, where the article would be for those who have answered it. */
    record ConsentWall() implements Extraction {}

    /** Nothing that is worth to be called a text. */
    record NoText(Reason reason) implements Extraction {}

    /** Why there is none. */
    enum Reason {
        /** The page is empty, or says less than a sentence or two. */
        TOO_SHORT,
        /** The page is a program that would have to be run to see what it says. */
        NEEDS_JAVASCRIPT
    }
}
