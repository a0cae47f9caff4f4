package dev.signalbox.threads;

import dev.signalbox.cache.Cache;
import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.cache.Category;
import dev.signalbox.cache.Loaded;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Representation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * Makes a thread of a text, once for everyone.
 *
 * <p>What takes longer than a turn of the event loop may take is done on a worker thread; the answer arrives on the
 * caller's context.
 */
@Singleton
class ThreadService {

    private static final Category THREADS = new Category("threads");

    /** Up to two milliseconds of work on a warm JVM; the default limit lets little more through. */
    private static final int MOST_INLINE_CHARS = 16 * 1_024;

    private final Cache cache;
    private final Vertx vertx;
    private final BuiltinSplitter splitter;
    private final int longestPost;
    private final int longestText;

    ThreadService(Cache cache, Vertx vertx, ThreadsConfig config) {
        this.cache = cache;
        this.vertx = vertx;
        this.longestPost = config.maxTweetLength();
        this.longestText = config.maxContentLength();
        this.splitter = new BuiltinSplitter(longestPost);
    }

    /**
     * The thread of a text, its body as {@link GeneratedThread#openBody()} leaves it.
     *
     * @return fails with a problem if the text is blank or too long
     */
    Uni<CachedAnswer> generate(GenerateRequest.Submission submission) {
        int chars = submission.text().length();
        return work(chars, () -> accepted(submission))
                .chain(text -> cache.get(
                        THREADS, text.cacheKey(longestPost), Caller.everyone(), () -> work(chars, () -> load(text))));
    }

    private ThreadText accepted(GenerateRequest.Submission submission) {
        ThreadText text = ThreadText.of(submission.text());
        int length = text.length();
        if (length == 0) {
            throw submission.refused("is blank: send the text to make a thread of");
        }
        if (length > longestText) {
            throw submission.refused("is " + length + " characters long, and at most " + longestText
                    + " are accepted (MAX_CONTENT_LENGTH): nothing is cut off, so send less");
        }
        return text;
    }

    private Loaded load(ThreadText text) {
        byte[] body = new GeneratedThread(splitter.split(text.value()), Title.of(text.value())).openBody();
        // No tag and no gzip: the body is only a part of an answer to a POST.
        return new Loaded.Storable(new Representation(200, "application/json", "", body, null));
    }

    private <T> Uni<T> work(int chars, Supplier<T> task) {
        return chars <= MOST_INLINE_CHARS
                ? Uni.createFrom().item(task)
                : Uni.createFrom()
                        .completionStage(
                                () -> vertx.executeBlocking(task::get, false).toCompletionStage());
    }
}
