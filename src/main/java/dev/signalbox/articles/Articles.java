package dev.signalbox.articles;

import dev.signalbox.articles.text.Article;
import dev.signalbox.articles.text.ArticleExtractor;
import dev.signalbox.articles.text.Extraction;
import dev.signalbox.articles.text.Page;
import dev.signalbox.http.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/**
 * Reads articles that people name. What they may name is checked at once; where that leads is checked again at each hop.
 *
 * <p>Safe on every thread.
 */
@Singleton
public final class Articles {

    /**
     * Pages that are taken apart at once. A usual one takes milliseconds; a hostile one takes a second, and tens of megabytes
     * until it ends.
     */
    private static final int EXTRACTORS = 2;

    private final AddressPolicy policy;
    private final PageReader reader;
    private final ReadingRoom room;
    private final WorkerExecutor extractors;
    private final ArticleExtractor extractor = new ArticleExtractor();

    /** Connects to nothing yet. */
    Articles(Vertx vertx, HostResolver resolver, ArticlesConfig config, InstantSource clock) {
        this.room = new ReadingRoom(config.maxAtOnce());
        this.extractors = vertx.createSharedWorkerExecutor("article-text", EXTRACTORS);
        this.policy = new AddressPolicy(config);
        this.reader = new PageReader(vertx, resolver, config, policy, clock);
    }

    /**
     * Understands what a person has typed or copied. Looks nothing up and connects to nothing.
     *
     * @throws ProblemException if it is no address of a web page, or one where no articles are read
     */
    public ArticleAddress address(String url) {
        ArticleAddress address = ArticleAddress.of(url);
        policy.check(Hop.first(address.url()));
        return address;
    }

    /**
     * The article at an address, redirects followed. Cancelling closes the connection.
     *
     * @return arrives on the Vert.x context of the subscriber; fails with a {@link ProblemException} that says why there is no
     *     article
     */
    public Uni<Article> read(ArticleAddress address) {
        return room.admit(
                address.host(),
                () -> fetch(address)
                        .chain(page -> extract(page).map(found -> switch (found) {
                            case Extraction.Found(Article article) -> article;
                            case Extraction.Paywalled _ -> throw Refusals.sold(page);
                            case Extraction.ConsentWall _ -> throw Refusals.consentWanted(page);
                            case Extraction.NoText(Extraction.Reason reason) -> throw Refusals.noText(page, reason);
                        })));
    }

    /** The page as it was sent. */
    Uni<Page> fetch(ArticleAddress address) {
        return reader.read(address.url());
    }

    private Uni<Extraction> extract(Page page) {
        return Uni.createFrom()
                .completionStage(() -> extractors
                        .executeBlocking(() -> extractor.extract(page), false)
                        .toCompletionStage());
    }

    @PreDestroy
    void close() {
        var _ = extractors.close();
    }
}
