package dev.signalbox.threads;

import dev.signalbox.articles.ArticleAddress;
import dev.signalbox.http.Sha256;
import java.util.List;

/** What a thread is going to be made of: accepted, but not read yet if it lies elsewhere. */
sealed interface Material {

    /** Two materials of one name give the same thread. */
    String name();

    /** What the answer calls its kind. */
    String sourceType();

    /** Under what its thread can be invalidated, together with others. */
    List<String> tags();

    /** A text that was sent along. */
    record OfText(ThreadText text) implements Material {

        @Override
        public String name() {
            return "text:" + Sha256.hex(text.value());
        }

        @Override
        public String sourceType() {
            return "text";
        }

        @Override
        public List<String> tags() {
            return List.of();
        }
    }

    /**
     * An article on the web.
     *
     * @param longest code points that are taken of it
     */
    record OfArticle(ArticleAddress address, int longest) implements Material {

        @Override
        public String name() {
            return "url:" + Sha256.hex(address.canonical()) + ":" + longest;
        }

        @Override
        public String sourceType() {
            return "url";
        }

        @Override
        public List<String> tags() {
            return List.of("host:" + address.host());
        }
    }
}
