package dev.signalbox.threads;

import dev.signalbox.articles.Articles;
import dev.signalbox.articles.TestArticles;
import dev.signalbox.cache.Cache;
import dev.signalbox.premium.FreeTier;
import dev.signalbox.usage.TestUsage;
import dev.signalbox.usage.UsageCounter;
import io.vertx.core.Vertx;

/** Services for tests, each with a configuration of its own. */
final class ThreadServices {

    private ThreadServices() {}

    /** One that divides texts, and counts for nobody. */
    static ThreadService of(Vertx vertx, Cache cache, FreeTier freeTier, int longestPost, int longestText) {
        Workbench workbench = new Workbench(vertx);
        ThreadWriter builtin = new BuiltinWriter(new BuiltinSplitter(longestPost), workbench);
        return of(
                cache,
                freeTier,
                new TestUsage().counter(),
                TestArticles.none(vertx),
                builtin,
                workbench,
                longestPost,
                longestText);
    }

    static ThreadService of(
            Cache cache,
            FreeTier freeTier,
            UsageCounter usage,
            Articles articles,
            ThreadWriter writer,
            Workbench workbench,
            int longestPost,
            int longestText) {
        return new ThreadService(cache, freeTier, usage, articles, writer, workbench, new ThreadsConfig() {
            @Override
            public int maxTweetLength() {
                return longestPost;
            }

            @Override
            public int maxContentLength() {
                return longestText;
            }
        });
    }
}
