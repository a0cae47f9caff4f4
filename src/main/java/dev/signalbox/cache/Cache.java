package dev.signalbox.cache;

import dev.signalbox.http.Caller;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Keeps answers that are expensive to make. All that a feature sees of the cache. */
public interface Cache {

    /**
     * Answers from cache, or loads, stores and answers.
     *
     * <p>Concurrent calls for one key share one load, which goes on when the caller that caused it leaves. The state of
     * Redis never fails a call and never adds more than one command deadline to it.
     *
     * @param category decides lifetime, scope and size limits
     * @param key what is asked for, in a canonical spelling; of any length, hashed before it leaves the process
     * @param caller whose answer it is; ignored in a category of public scope
     * @param loader makes the answer; called at most once for each subscription, on the caller's Vert.x context where it has
     *     one. Its failure is the failure of all who wait for it and is not stored. It may outlive the request that began
     *     it, must end by itself, and must not ask for its own key: it would wait for itself
     * @return the answer, delivered on the Vert.x context of the subscriber
     */
    Uni<CachedAnswer> get(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader);

    /**
     * Loads although an answer may be kept, stores and answers: what {@code Cache-Control: no-cache} in a request asks for.
     *
     * <p>At most one load for each key and second: who asks within a second of one gets what that gives.
     *
     * @see #get
     */
    Uni<CachedAnswer> refresh(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader);
}
