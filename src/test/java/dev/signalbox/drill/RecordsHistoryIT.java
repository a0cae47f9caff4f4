package dev.signalbox.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.testsupport.UtcDay;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Histories of many clients over three replicas while everything goes wrong that can, and what is there in the end. Each number
 * is another history: {@code -Dsignalbox.history.first=1000 -Dsignalbox.history.count=300} tries three hundred others.
 */
class RecordsHistoryIT {

    private static final int CLIENTS = 24;
    private static final int OPERATIONS =
            Math.ceilDiv(Integer.getInteger("signalbox.history.operations", 5_000), CLIENTS);

    /** After a loss of data everything is written back, also what earlier histories left: that takes longer each time. */
    private static final int HISTORIES_OF_A_FLEET = Integer.getInteger("signalbox.history.of-a-fleet", 20);

    private static HistoryFleet fleet;
    private static int lived;

    @BeforeAll
    static void start() {
        fleet = new HistoryFleet();
    }

    @AfterAll
    static void end() {
        fleet.close();
    }

    static LongStream seeds() {
        long first = Long.getLong("signalbox.history.first", 1);
        return LongStream.range(first, first + Long.getLong("signalbox.history.count", 10));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingThatWasPromisedIsLostAndNothingCountsTwice(long seed) {
        UtcDay.awaitWith(Duration.ofMinutes(2));
        if (lived == HISTORIES_OF_A_FLEET) {
            fleet.close();
            fleet = new HistoryFleet();
            lived = 0;
        }
        lived++;
        fleet.heal();
        long before = threadsMade();
        List<History> histories = IntStream.range(0, CLIENTS)
                .mapToObj(client -> new History(fleet, seed, client))
                .toList();
        HistoryFaults faults = new HistoryFaults(fleet, seed);

        long begun = System.nanoTime();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            CompletableFuture<?> all = CompletableFuture.allOf(histories.stream()
                    .map(history -> CompletableFuture.runAsync(
                            () -> {
                                while (history.operations() < OPERATIONS) {
                                    history.step();
                                }
                            },
                            clients))
                    .toArray(CompletableFuture<?>[]::new));
            faults.runWhile(() -> !all.isDone());
            all.join();
        }
        long ran = System.nanoTime();
        fleet.heal();

        try {
            verifyFigures(histories, before);
            Map<String, Integer> exported = exported();
            histories.forEach(history -> history.verify(exported));
        } catch (AssertionError wrong) {
            // The first line is all that a report of a build shows.
            throw new AssertionError("history " + seed + ": " + wrong.getMessage() + " with " + faults.done(), wrong);
        }
        System.out.printf(
                "history %d: %d operations in %d ms, %d faults (%d replicas killed so far), %d threads made, healed in %d ms%n",
                seed,
                histories.stream().mapToInt(History::operations).sum(),
                (ran - begun) / 1_000_000,
                faults.done().size(),
                fleet.kills(),
                histories.stream().mapToInt(History::generated).sum(),
                (System.nanoTime() - ran) / 1_000_000);
    }

    private static void verifyFigures(List<History> histories, long before) {
        int made = histories.stream().mapToInt(History::generated).sum();
        int uncounted = histories.stream().mapToInt(History::uncounted).sum();
        int maybe = histories.stream().mapToInt(History::maybeGenerated).sum();
        assertThat(threadsMade() - before)
                .as(
                        "threads counted of %d, of which %d may have died with their replica, and %d more",
                        made, uncounted, maybe)
                .isBetween((long) made - uncounted, (long) made + maybe);
    }

    private static long threadsMade() {
        JsonNode figures = Awaitility.await("figures of this moment")
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .atMost(HistoryFleet.PATIENCE)
                .until(
                        () -> fleet.tree(admin(0, "/api/usage/analytics").body()),
                        found -> found.has("global_stats") && !found.has("as_of"));
        return figures.path("global_stats").path("total_threads").asLong(-1);
    }

    private static HttpResponse<String> admin(int replica, String path) {
        return fleet.replica(replica).get(path, "X-API-Key", HistoryFleet.ADMIN_KEY);
    }

    /** How often each address is exported. */
    private static Map<String, Integer> exported() {
        HttpResponse<String> answer = Awaitility.await("an export")
                // One that is not whole is broken off.
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .atMost(HistoryFleet.PATIENCE)
                .until(() -> admin(1, "/api/emails/export"), found -> found.statusCode() == 200);
        Map<String, Integer> exported = new HashMap<>();
        List<String> lines = new ArrayList<>(answer.body().lines().toList());
        lines.forEach(line -> exported.merge(fleet.tree(line).path("email").asText(), 1, Integer::sum));
        return exported;
    }
}
