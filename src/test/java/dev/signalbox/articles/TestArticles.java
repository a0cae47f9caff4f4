package dev.signalbox.articles;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;

/** Readers of articles for tests of the packages above. */
public final class TestArticles {

    private TestArticles() {}

    /** One that is never asked: nothing is allowed and no name is known. */
    public static Articles none(Vertx vertx) {
        return new Articles(
                vertx, new TestNames(), TestArticlesConfig.allowing(List.of(), List.of()), InstantSource.system());
    }
}
