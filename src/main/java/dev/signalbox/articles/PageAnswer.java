package dev.signalbox.articles;

import dev.signalbox.articles.text.Page;

/** What a site has answered, if it is of any use. */
sealed interface PageAnswer {

    /** The page. */
    record Content(Page page) implements PageAnswer {}

    /** The page is elsewhere. */
    record Moved(HttpUrl to) implements PageAnswer {}
}
