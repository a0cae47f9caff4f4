package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.Invalidations.Strength;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Durability;
import dev.signalbox.redis.RedisLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A random course of events, and the memory of what may still be served to whom.
 *
 * <p>Every value is the number of the moment at which its load began. A hard invalidation makes its own moment the least
 * that a request may be served: at once on its own replica, and everywhere where callers' versions tell of it; elsewhere
 * once the log is read.
 */
final class Races {

    private static final Map<String, String> WINDOWS = Map.of(
            "categories.shared.stale-while-revalidate", "5m",
            "categories.shared.stale-if-error", "10m",
            "categories.shared.early-refresh-ratio", "0.3",
            "categories.own.stale-if-error", "10m");
    private static final List<Caller> CALLERS = List.of(Caller.ofCredential("ann"), Caller.ofCredential("bob"));
    private static final int KEYS = 3;

    private final Fleet fleet;
    private final List<RedisLink> links;
    private final SplittableRandom random;
    private final AtomicInteger moments = new AtomicInteger();
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Map<Place, Integer>> leasts = new ArrayList<>();
    private final Queue<Held> held = new ConcurrentLinkedQueue<>();
    private final List<CompletableFuture<?>> requests = new ArrayList<>();
    private final Queue<String> wrongs = new ConcurrentLinkedQueue<>();
    private final List<String> story = new ArrayList<>();
    private final Map<Place, Integer> unread = new HashMap<>();

    /** One thing that can be asked for. */
    private record Place(Category category, Caller caller, int key) {

        String tag() {
            return "tag" + key % 2;
        }

        boolean isPublic() {
            return category.equals(Replica.SHARED);
        }
    }

    /** A load that waits for the test. */
    private record Held(Place place, int began, CompletableFuture<Loaded> result) {}

    Races(Fleet fleet, List<RedisLink> links, long seed) {
        this.fleet = fleet;
        this.links = links;
        this.random = new SplittableRandom(seed);
        for (RedisLink link : links) {
            replicas.add(fleet.replica(link, WINDOWS));
            leasts.add(new HashMap<>());
        }
    }

    void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6 -> ask(random.nextInt(8) == 0);
            case 7, 8, 9, 10 -> land();
            case 11, 12, 13 -> invalidate();
            case 14, 15 -> everybodyReads();
            case 16 -> Fleet.await(() -> !held.isEmpty() || areAllAnswered());
            case 17 -> lose();
            case 18 -> pass();
            default -> restart();
        }
        assertThat(wrongs).as(() -> String.join("\n", story)).isEmpty();
    }

    /** Lets everything land, and everybody be answered. */
    void finish() {
        Fleet.await(() -> {
            while (!held.isEmpty()) {
                land();
            }
            return areAllAnswered();
        });
        assertThat(wrongs).as(() -> String.join("\n", story)).isEmpty();
    }

    private boolean areAllAnswered() {
        return requests.stream().allMatch(CompletableFuture::isDone);
    }

    private void ask(boolean anew) {
        int at = random.nextInt(replicas.size());
        Place place = place();
        int least = leasts.get(at).getOrDefault(place, 0);
        int arrived = moments.incrementAndGet();
        story.add("%d: %s %s on %d, least %d".formatted(arrived, anew ? "refresh" : "get", place, at, least));
        Replica replica = replicas.get(at);
        Loads loads = Loads.making(call -> {
            Held load = new Held(place, moments.incrementAndGet(), new CompletableFuture<>());
            held.add(load);
            return Loads.held(load.result).get();
        });
        String key = "k" + place.key;
        CompletableFuture<CachedAnswer> answer = (anew
                        ? replica.refresh(place.category, key, place.caller, loads)
                        : replica.get(place.category, key, place.caller, loads))
                .subscribeAsCompletionStage();
        requests.add(answer.handle((served, failure) -> {
            if (failure == null && Integer.parseInt(Bodies.textOf(served)) < least) {
                wrongs.add("asked at " + arrived + ", least " + least + ", got " + Bodies.textOf(served) + " from "
                        + served.source() + (served.isStale() ? " stale" : ""));
            }
            return true;
        }));
    }

    private void land() {
        int skipped = held.isEmpty() ? 0 : random.nextInt(held.size());
        for (int skip = 0; skip < skipped; skip++) {
            Held first = held.poll();
            if (first != null) {
                held.add(first);
            }
        }
        Held load = held.poll();
        if (load == null) {
            return;
        }
        story.add("land " + load.began);
        var body = Bodies.text(Integer.toString(load.began));
        switch (random.nextInt(10)) {
            case 0 -> load.result.completeExceptionally(new IllegalStateException("origin"));
            case 1 -> load.result.complete(new Loaded.Passing(body));
            default -> load.result.complete(new Loaded.Storable(body, List.of(load.place.tag())));
        }
    }

    private void invalidate() {
        int at = random.nextInt(replicas.size());
        Place place = place();
        Scope scope = switch (random.nextInt(8)) {
            case 0 -> new Scope.Everything();
            case 1 -> new Scope.OfCategory(place.category);
            case 2 -> new Scope.OfTag(place.tag());
            case 3, 4 -> new Scope.OfCaller(Replica.OWN, CALLERS.get(random.nextInt(CALLERS.size())));
            default -> Scope.OfKey.of(place.category, place.caller, "k" + place.key);
        };
        Strength strength = random.nextInt(3) == 0 ? Strength.SOFT : Strength.HARD;
        int made = moments.incrementAndGet();
        story.add(made + ": " + strength + " " + scope + " on " + at);
        assertThat(replicas.get(at).invalidate(scope, strength)).isEqualTo(Durability.REDIS);
        if (strength == Strength.SOFT) {
            return;
        }
        places().filter(each -> covers(scope, each)).forEach(each -> {
            leasts.get(at).put(each, made);
            unread.put(each, made);
            if (!each.isPublic() && (scope instanceof Scope.OfCaller || scope instanceof Scope.OfKey)) {
                leasts.forEach(least -> least.put(each, made));
            }
        });
    }

    private void everybodyReads() {
        fleet.awaitRead(replicas.toArray(Replica[]::new));
        story.add("all have read");
        leasts.forEach(least -> least.putAll(unread));
        unread.clear();
    }

    private void lose() {
        String lost = List.of("lease:*", "cache:*", "lease:*").get(random.nextInt(3));
        story.add("lose " + lost);
        fleet.delete(lost);
    }

    private void pass() {
        Duration time = Duration.ofSeconds(random.nextInt(900));
        story.add("pass " + time);
        fleet.time.pass(time);
    }

    private void restart() {
        if (random.nextInt(4) == 0) {
            int at = random.nextInt(replicas.size());
            story.add("restart " + at);
            replicas.set(at, fleet.replica(links.get(at), WINDOWS));
            leasts.get(at).putAll(unread);
        }
    }

    private Place place() {
        List<Place> all = places().toList();
        return all.get(random.nextInt(all.size()));
    }

    private static Stream<Place> places() {
        return IntStream.range(0, KEYS)
                .boxed()
                .flatMap(key -> Stream.of(
                        new Place(Replica.SHARED, Caller.everyone(), key),
                        new Place(Replica.OWN, CALLERS.getFirst(), key),
                        new Place(Replica.OWN, CALLERS.getLast(), key)));
    }

    private static boolean covers(Scope scope, Place place) {
        return switch (scope) {
            case Scope.Everything all -> true;
            case Scope.OfCategory of -> of.category().equals(place.category);
            case Scope.OfTag of -> of.tag().equals(place.tag());
            case Scope.OfCaller of ->
                of.category().equals(place.category) && of.caller().equals(place.caller);
            case Scope.OfKey of -> of.equals(Scope.OfKey.of(place.category, place.caller, "k" + place.key));
        };
    }
}
