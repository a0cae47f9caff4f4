package dev.signalbox.threads;

import dev.signalbox.cache.Category;
import dev.signalbox.http.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Where threads are kept, for those who manage the cache. */
@Singleton
public class ThreadKeys {

    private final ThreadService threads;

    ThreadKeys(ThreadService threads) {
        this.threads = threads;
    }

    /** The category of all threads; of public scope. */
    public Category category() {
        return ThreadService.THREADS;
    }

    /**
     * The key under which the thread of a request is kept, whether it is or not. Arrives on the caller's context.
     *
     * @return fails with a problem if no thread could be made of it
     * @throws ProblemException if there is nothing, or more than one thing, to make a thread of
     */
    public Uni<String> keyOf(GenerateRequest request) {
        return threads.cacheKey(request.submission());
    }
}
