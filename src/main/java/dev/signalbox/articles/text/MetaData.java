package dev.signalbox.articles.text;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What the {@code meta} elements of a page say: Open Graph (ogp.me), Twitter cards and the rest. The first of a name counts. */
final class MetaData {

    private final Map<String, String> contents = new HashMap<>();

    private MetaData() {}

    static MetaData of(Document document) {
        MetaData data = new MetaData();
        for (Element meta : document.getElementsByTag("meta")) {
            String content = meta.attr("content").strip();
            if (!content.isEmpty()) {
                for (String key : new String[] {"property", "name", "itemprop"}) {
                    data.contents.putIfAbsent(meta.attr(key).toLowerCase(Locale.ROOT), content);
                }
            }
        }
        return data;
    }

    Optional<String> of(String name) {
        return Optional.ofNullable(contents.get(name));
    }

    /** Whether the publisher says that the article is not free to read. */
    boolean isSold() {
        return of("article:content_tier").filter("locked"::equalsIgnoreCase).isPresent()
                || of("isaccessibleforfree").filter("false"::equalsIgnoreCase).isPresent();
    }
}
