package dev.signalbox.http;

import io.smallrye.mutiny.Uni;

/** Knows who has paid. Here, because who limits requests must not know how anybody pays. Any thread may call. */
public interface Entitlements {

    /**
     * Whether a requester is of {@link Tier#PREMIUM}. Never fails because of Redis: while it cannot be known, the answer is what
     * was known last, else no.
     */
    Uni<Boolean> isPremium(Requester requester);
}
