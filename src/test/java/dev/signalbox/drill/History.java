package dev.signalbox.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * What one client did to its own subjects (addresses, customers, end users, texts), one operation after the other, and what it
 * was told. Nobody else touches them, so that what must be true in the end is known.
 */
final class History {

    private static final int SUBJECTS = 20;

    /** So few that most of them ask for more units than there are. */
    private static final int END_USERS = 6;

    private static final Duration GRANT = Duration.ofDays(30);

    /** Clocks of replicas agree to half a round trip; what follows later than this is later for all. */
    private static final long APART_NANOS = Duration.ofMillis(500).toNanos();

    private final HistoryFleet fleet;
    private final Random random;
    private final String name;
    private final List<Subject> subjects = new ArrayList<>();
    private final List<EndUser> endUsers = new ArrayList<>();
    private final int killsBefore;
    private int operations;
    private final List<Told> generated = new ArrayList<>();
    private int maybeGenerated;

    History(HistoryFleet fleet, long seed, int client) {
        this.fleet = fleet;
        this.random = new Random(seed * 31 + client);
        this.name = "s" + seed + "c" + client;
        for (int i = 0; i < SUBJECTS; i++) {
            subjects.add(new Subject(name + "n" + i));
        }
        for (int i = 0; i < END_USERS; i++) {
            endUsers.add(new EndUser("user-" + name + "n" + i));
        }
        this.killsBefore = fleet.kills();
    }

    /** Number of operations that were asked for. */
    int operations() {
        return operations;
    }

    /** Threads that were made for certain. */
    int generated() {
        return generated.size();
    }

    /** Of these, those that may be missing from the figures, because their replica died with them. */
    int uncounted() {
        return (int) generated.stream()
                .filter(told -> fleet.diedSoonAfter(told.replica, told.asked))
                .count();
    }

    /** Threads of which it is not known whether they were made. */
    int maybeGenerated() {
        return maybeGenerated;
    }

    /** Does one thing to one subject, through some replica. */
    void step() {
        Subject subject = subjects.get(random.nextInt(SUBJECTS));
        int replica = random.nextInt(HistoryFleet.REPLICAS);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> subject.subscribe(replica);
            case 3 -> subject.unsubscribe(replica);
            case 4, 5 -> subject.grant(replica);
            case 6 -> subject.invalidate(replica);
            default -> subject.generate(replica);
        }
    }

    /** What must be true after all faults have healed. */
    void verify(Map<String, Integer> exported) {
        subjects.forEach(subject -> subject.verify(exported));
        endUsers.forEach(EndUser::verify);
    }

    /** An answer, and when it was asked for and came; null if none came. */
    private record Told(@Nullable HttpResponse<String> answer, int replica, long asked, long answered) {

        boolean isDone() {
            return answer != null && answer.statusCode() == 200;
        }

        /** Refused, for certain: nothing was done. */
        boolean isRefused() {
            return answer != null && answer.statusCode() >= 400 && answer.statusCode() != 503;
        }

        String durability() {
            return answer == null
                    ? "none"
                    : answer.headers().firstValue("Signalbox-Durability").orElse("none");
        }
    }

    private Told ask(int replica, String method, String path, @Nullable String body, String key, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        fleet.replica(replica).uri(path))
                .timeout(Duration.ofSeconds(20))
                .header("X-API-Key", key)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpRequest built =
                headers.length == 0 ? request.build() : request.headers(headers).build();
        long asked = System.nanoTime();
        try {
            HttpResponse<String> answer = fleet.replica(replica).send(built, BodyHandlers.ofString());
            assertThat(answer.statusCode())
                    .as("%s %s: %s", method, path, answer.body())
                    .isIn(200, 402, 404, 503);
            if (answer.statusCode() == 503) {
                assertThat(answer.headers().firstValue("Retry-After"))
                        .as(answer.body())
                        .isPresent();
            }
            return new Told(answer, replica, asked, System.nanoTime());
        } catch (UncheckedIOException replicaIsGone) {
            return new Told(null, replica, asked, System.nanoTime());
        }
    }

    private JsonNode body(Told told) {
        return fleet.tree(told.answer == null ? "null" : told.answer.body());
    }

    /**
     * Whether what was promised may be lost all the same: by the words of its receipt, with whom it rested. Known in the end
     * only: who has answered may die in the next moment.
     */
    private boolean mayBeLost(Told told) {
        return told.durability().equals("redis")
                && fleet.redisLostDataSince(told.asked)
                && fleet.diedSoonAfter(told.replica, told.asked);
    }

    /** An address, a customer, an end user and a text. */
    private final class Subject {

        private final String id;
        private final AtomicInteger references = new AtomicInteger();

        /** Whether it may be subscribed, and whether it may not be. */
        private boolean maybeSubscribed;

        private boolean maybeUnsubscribed = true;

        /** What became of what was done last; null if that is not known. */
        private @Nullable Told last;

        private long lastSubscription = Long.MIN_VALUE;

        /** The answers to each payment, of which one may have been asked for twice. */
        private final List<List<Told>> grants = new ArrayList<>();

        private int text;
        private final Map<Integer, Told> invalidated = new HashMap<>();

        Subject(String id) {
            this.id = id;
        }

        private String email() {
            return id + "@example.org";
        }

        private boolean isApart() {
            return lastSubscription == Long.MIN_VALUE || System.nanoTime() - lastSubscription > APART_NANOS;
        }

        /** Whether Redis was told, and has not lost anything since. */
        private boolean isInRedis() {
            Told told = last;
            return told != null && told.durability().equals("redis") && !fleet.redisLostDataSince(told.asked);
        }

        void subscribe(int replica) {
            if (!isApart()) {
                return;
            }
            operations++;
            Told told = ask(
                    replica, "POST", "/api/subscribe", fleet.text(Map.of("email", email())), HistoryFleet.CLIENT_KEY);
            lastSubscription = System.nanoTime();
            if (told.isDone()) {
                JsonNode already = body(told).path("already_subscribed");
                // What waits on one replica the others do not know of; and while removals are written back, additions
                // may be there.
                if (!already.isNull() && isInRedis() && told.durability().equals("redis")) {
                    assertThat(already.asBoolean() ? maybeSubscribed : maybeUnsubscribed)
                            .as("already_subscribed %s of %s", already, email())
                            .isTrue();
                }
                maybeSubscribed = true;
                maybeUnsubscribed = false;
                last = told;
            } else if (!told.isRefused()) {
                maybeSubscribed = true;
                last = null;
            }
        }

        void unsubscribe(int replica) {
            if (!isApart()) {
                return;
            }
            operations++;
            Told told = ask(replica, "DELETE", "/api/emails/" + email(), null, HistoryFleet.ADMIN_KEY);
            lastSubscription = System.nanoTime();
            if (told.isDone()) {
                maybeUnsubscribed = true;
                maybeSubscribed = false;
                last = told;
            } else if (!told.isRefused()) {
                maybeUnsubscribed = true;
                last = null;
            }
        }

        /** Sometimes twice, as whoever has no answer does. */
        void grant(int replica) {
            String body = fleet.text(Map.of(
                    "email",
                    email(),
                    "plan",
                    "premium",
                    "duration_days",
                    GRANT.toDays(),
                    "payment_reference",
                    "payment-" + id + "-" + references.getAndIncrement()));
            operations++;
            List<Told> answers = new ArrayList<>();
            answers.add(ask(replica, "POST", "/api/premium/grant", body, HistoryFleet.ADMIN_KEY));
            if (!answers.getFirst().isDone() || random.nextInt(4) == 0) {
                answers.add(ask(
                        random.nextInt(HistoryFleet.REPLICAS),
                        "POST",
                        "/api/premium/grant",
                        body,
                        HistoryFleet.ADMIN_KEY));
            }
            grants.add(answers);
        }

        void generate(int replica) {
            operations++;
            endUsers.get(random.nextInt(END_USERS)).generate(replica, words(text++));
        }

        void invalidate(int replica) {
            if (text == 0) {
                return;
            }
            operations++;
            int which = random.nextInt(text);
            Told told = ask(
                    replica,
                    "DELETE",
                    "/api/cache/clear",
                    fleet.text(Map.of("text", words(which))),
                    HistoryFleet.ADMIN_KEY);
            if (told.isDone()) {
                invalidated.put(which, told);
            }
        }

        void verify(Map<String, Integer> exported) {
            int times = exported.getOrDefault(email(), 0);
            assertThat(times).as("times that %s is exported", email()).isBetween(0, 1);
            boolean mayBeAsBefore = last != null && mayBeLost(last);
            assertThat(mayBeAsBefore || (times == 1 ? maybeSubscribed : maybeUnsubscribed))
                    .as("%s is exported %d times", email(), times)
                    .isTrue();
            verifyPremium();
            verifyInvalidations();
        }

        private void verifyInvalidations() {
            invalidated.forEach((which, receipt) -> {
                int replica = random.nextInt(HistoryFleet.REPLICAS);
                Told told = known(
                        words(which),
                        () -> ask(
                                replica,
                                "POST",
                                "/api/generate",
                                fleet.text(Map.of("text", words(which))),
                                HistoryFleet.CLIENT_KEY,
                                "X-End-User",
                                "reader-" + id + "-" + which));
                assertThat(body(told).path("cached").asBoolean() && !mayBeLost(receipt))
                        .as("text %d of %s, invalidated with receipt %s, is served again", which, id, receipt)
                        .isFalse();
            });
        }

        private String words(int which) {
            return "A text of " + id + " that nobody has seen before, number " + which + ".";
        }

        private void verifyPremium() {
            if (grants.isEmpty()) {
                return;
            }
            long certain = grants.stream()
                    .filter(answers -> answers.stream().anyMatch(told -> told.isDone() && !mayBeLost(told)))
                    .count();
            JsonNode premium = read("/api/premium/check?email=" + email());
            double months = premium.path("expires_at").isTextual()
                    ? Duration.between(
                                            Instant.now(),
                                            Instant.parse(
                                                    premium.path("expires_at").asText()))
                                    .toMinutes()
                            / (double) GRANT.toMinutes()
                    : 0;
            assertThat(Math.round(months))
                    .as("grants of %s: %s", email(), premium)
                    .isBetween(certain, (long) grants.size());
        }
    }

    private JsonNode read(String path, String... headers) {
        int replica = random.nextInt(HistoryFleet.REPLICAS);
        return body(known(path, () -> ask(replica, "GET", path, null, HistoryFleet.CLIENT_KEY, headers)));
    }

    /** On a busy machine the link may be lost once more while the end is looked at: what is not known then is a 503. */
    private static Told known(String what, Callable<Told> asking) {
        return Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .atMost(HistoryFleet.PATIENCE)
                .until(asking, Told::isDone);
    }

    /** Somebody who never has premium, so that its units count. */
    private final class EndUser {

        private final String id;
        private final List<Told> spent = new ArrayList<>();
        private int maybeSpent;

        EndUser(String id) {
            this.id = id;
        }

        void generate(int replica, String words) {
            Told told = ask(
                    replica,
                    "POST",
                    "/api/generate",
                    fleet.text(Map.of("text", words)),
                    HistoryFleet.CLIENT_KEY,
                    "X-End-User",
                    id);
            if (told.isDone()) {
                generated.add(told);
                spent.add(told);
            } else if (!told.isRefused()) {
                maybeGenerated++;
                maybeSpent++;
            }
        }

        void verify() {
            long most = (long) spent.size() + maybeSpent;
            if (most == 0) {
                return;
            }
            // A unit is told of when the answer is on its way, so who dies then may take it along.
            long certain = spent.stream()
                    .filter(told -> !fleet.diedSoonAfter(told.replica, told.asked))
                    .count();
            JsonNode usage = read("/api/usage/status", "X-End-User", id);
            // A reply that was lost, or a replica that died, leaves a reservation for as long as its lease.
            assertThat(usage.path("daily_usage").asLong(-1))
                    .as("units of %s: %s", id, usage)
                    .isBetween(certain, 2 * most);
            assertThat(fleet.unitsCounted(id))
                    .as("units of %s that are counted", id)
                    .isBetween(certain, most);
            // What Redis admitted, and each replica's share of it, anew for each replica that was killed.
            assertThat(certain)
                    .as("units that %s got", id)
                    .isLessThanOrEqualTo(
                            (long) HistoryFleet.DAILY_LIMIT + HistoryFleet.REPLICAS + fleet.kills() - killsBefore);
        }
    }
}
