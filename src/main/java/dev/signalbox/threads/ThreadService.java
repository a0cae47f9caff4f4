package dev.signalbox.threads;

import dev.signalbox.articles.ArticleAddress;
import dev.signalbox.articles.Articles;
import dev.signalbox.cache.Cache;
import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.cache.Category;
import dev.signalbox.cache.Loaded;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Representation;
import dev.signalbox.http.Requester;
import dev.signalbox.premium.FreeTier;
import dev.signalbox.usage.UsageCounter;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Makes a thread of a text or an article, once for everyone.
 *
 * <p>Nothing here blocks; the answer arrives on the caller's context.
 */
@Singleton
class ThreadService {

    static final Category THREADS = new Category("threads");

    /** From then on a thread is made for one alone: whoever waits is answered, however many leave. */
    private static final int MOST_LEADERS = 16;

    /** Whoever should have written it may be back by then. */
    private static final Duration MAKESHIFT_LIFETIME = Duration.ofMinutes(10);

    private final Cache cache;
    private final FreeTier freeTier;
    private final UsageCounter usage;
    private final Articles articles;
    private final ThreadWriter writer;
    private final Workbench workbench;
    private final int longestPost;
    private final int longestText;

    ThreadService(
            Cache cache,
            FreeTier freeTier,
            UsageCounter usage,
            Articles articles,
            ThreadWriter writer,
            Workbench workbench,
            ThreadsConfig config) {
        this.cache = cache;
        this.freeTier = freeTier;
        this.usage = usage;
        this.articles = articles;
        this.writer = writer;
        this.workbench = workbench;
        this.longestPost = config.maxTweetLength();
        this.longestText = config.maxContentLength();
    }

    /**
     * The thread of a text or an article, its body as {@link GeneratedThread#openBody()} leaves it. Costs a unit of the
     * requester's if it is made for it, and nothing if it is kept, or being made for somebody else.
     *
     * @param anew whether it is made for this request, whatever is kept
     * @return fails with a problem if what was sent is not accepted, if the article cannot be had, or if the requester has no
     *     unit left
     */
    Uni<CachedAnswer> generate(Submission submission, boolean anew, Requester requester) {
        return accepted(submission).chain(material -> ask(new Order(material, anew, requester), 0));
    }

    /**
     * Under which key {@link #generate} keeps the thread of something, also of an article that may not be read any more. Fails for
     * what no thread can ever have been made of.
     */
    Uni<String> cacheKey(Submission submission) {
        return material(submission, ArticleAddress::of).map(this::key);
    }

    /** A thread that somebody wants. */
    private record Order(Material material, boolean anew, Requester requester) {}

    /**
     * Asks the cache. Who waited for a load whose leader has no unit left asks again, if it has one itself: at each time one
     * leader leaves.
     */
    private Uni<CachedAnswer> ask(Order order, int leadersGone) {
        if (leadersGone == MOST_LEADERS) {
            return make(order)
                    .map(made -> new CachedAnswer(
                            made.representation(), CachedAnswer.Source.LOADED, false, Duration.ZERO, Duration.ZERO));
        }
        Object self = new Object();
        String key = key(order.material);
        Supplier<Uni<Loaded>> loader = () -> make(order, refusal -> new LeaderRefused(self, refusal));
        Uni<CachedAnswer> answer = order.anew
                ? cache.refresh(THREADS, key, Caller.everyone(), loader)
                : cache.get(THREADS, key, Caller.everyone(), loader);
        return answer.onFailure(LeaderRefused.class)
                .recoverWithUni(refused -> refused.isOf(self)
                        ? Uni.createFrom().failure(refused.refusal())
                        : freeTier.check(order.requester).chain(() -> ask(order, leadersGone + 1)));
    }

    private Uni<Loaded> make(Order order) {
        return make(order, UnaryOperator.identity());
    }

    private Uni<Loaded> make(Order order, Function<Throwable, Throwable> refused) {
        return freeTier.open(order.requester)
                .onFailure()
                .transform(refused)
                .chain(unit -> unit.pay(load(order.material)))
                .invoke(made -> usage.threadGenerated(order.requester));
    }

    private Uni<Loaded> load(Material material) {
        return manuscript(material)
                .chain(manuscript -> writer.write(manuscript).map(draft -> loaded(material, manuscript, draft)));
    }

    private Uni<Manuscript> manuscript(Material material) {
        return switch (material) {
            case Material.OfText(ThreadText text) -> workbench.work(text.value().length(), () -> Manuscript.of(text));
            case Material.OfArticle(var address, int longest) ->
                articles.read(address)
                        .chain(article -> workbench.work(
                                article.text().length(),
                                () -> Manuscript.ofArticle(
                                        article.title().orElse(null), ThreadText.of(article.text()), longest)));
        };
    }

    private static Loaded loaded(Material material, Manuscript manuscript, Draft draft) {
        byte[] body = new GeneratedThread(material.sourceType(), manuscript, draft).openBody();
        // No tag and no gzip: the body is only a part of an answer to a POST.
        Representation representation = new Representation(200, "application/json", "", body, null);
        Loaded.Storable thread = new Loaded.Storable(representation, material.tags());
        return draft.isMakeshift() ? thread.forAtMost(MAKESHIFT_LIFETIME) : thread;
    }

    private String key(Material material) {
        return material.name() + ":" + longestPost + ":" + writer.name();
    }

    private Uni<Material> accepted(Submission submission) {
        return material(submission, articles::address);
    }

    private Uni<Material> material(Submission submission, Function<String, ArticleAddress> addresses) {
        return switch (submission) {
            case Submission.Text text -> workbench.work(text.text().length(), () -> accepted(text));
            case Submission.Url(String url) ->
                Uni.createFrom().item(() -> new Material.OfArticle(addresses.apply(url), longestText));
        };
    }

    private Material accepted(Submission.Text submission) {
        ThreadText text = ThreadText.of(submission.text());
        int length = text.length();
        if (length == 0) {
            throw submission.refused("is blank: send the text to make a thread of");
        }
        if (length > longestText) {
            throw submission.refused("is " + length + " characters long, and at most " + longestText
                    + " are accepted (MAX_CONTENT_LENGTH): nothing is cut off, so send less");
        }
        return new Material.OfText(text);
    }
}
