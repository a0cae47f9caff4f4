package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PlacesTest {

    @Test
    void thereIsNoMomentInWhichAPlaceIsNeitherKnownNorBelowTheFloor() {
        Places<Long> places = new Places<>(1);
        AtomicBoolean over = new AtomicBoolean();
        places.raise("watched", 1L);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (long place = 2; place < 200_000; place++) {
                places.raise(place % 2 == 0 ? "other" : "watched", place);
            }
            over.set(true);
        });

        long highest = 1;
        while (!over.get()) {
            Long newest = places.newest(List.of("watched"));
            long seen = Objects.requireNonNull(newest, "never forgotten without a floor");
            assertThat(seen).isGreaterThanOrEqualTo(highest - 1);
            highest = Math.max(highest, seen);
        }
        writer.join();
    }

    @RepeatedTest(20)
    void boundHoldsWhenManyRaiseTheSameScopes() {
        Places<Long> places = new Places<>(8);
        CompletableFuture.allOf(Stream.of(1, 2, 3, 4)
                        .map(writer -> CompletableFuture.runAsync(() -> IntStream.range(0, 50_000)
                                .forEach(round -> places.raise("s" + round * writer % 13, (long) round))))
                        .toArray(CompletableFuture[]::new))
                .join();

        for (int fresh = 0; fresh < 100; fresh++) {
            places.raise("fresh" + fresh, 60_000L + fresh);
        }

        assertThat(places.size()).isEqualTo(8);
        assertThat(places.floor()).as("the eight latest are known one by one").isEqualTo(60_091L);
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void removingOneOfManyDoesNotLookAtAllOfThem() {
        Places<Long> places = new Places<>(Integer.MAX_VALUE);
        int many = 300_000;
        IntStream.range(0, many).forEach(scope -> places.raise("s" + scope, 1L));

        IntStream.range(0, many).map(scope -> many - 1 - scope).forEach(scope -> places.remove("s" + scope, 1L));

        assertThat(places.isEmpty()).isTrue();
    }

    @Test
    void placeThatWasRaisedSinceIsNotRemoved() {
        Places<Long> places = new Places<>(Integer.MAX_VALUE);
        places.raise("s", 1L);
        places.raise("s", 2L);

        places.remove("s", 1L);

        assertThat(places.get("s")).isEqualTo(2L);
    }
}
