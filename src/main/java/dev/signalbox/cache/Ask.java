package dev.signalbox.cache;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** One request to the cache. */
record Ask(EntryKey key, CategoryPolicy policy, Supplier<Uni<Loaded>> loader) {}
