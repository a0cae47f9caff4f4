package dev.signalbox.subscribers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.http.Durability;
import dev.signalbox.http.EmailAddress;
import dev.signalbox.http.ProblemException;
import dev.signalbox.records.Member;
import dev.signalbox.records.MemoryRecords;
import dev.signalbox.records.Merge;
import dev.signalbox.records.RecordKey;
import dev.signalbox.records.Version;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SubscribersTest {

    private static final RecordKey RECORD = RecordKey.of("subscribers", "emails", RecordKey.Shape.MEMBERS);
    private static final Instant NOW = Instant.parse("2026-03-20T12:00:00Z");
    private static final EmailAddress ANN = EmailAddress.read("ann@example.org");
    private static final EmailAddress BOB = EmailAddress.read("bob@example.org");

    private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
    private final MemoryRecords records = new MemoryRecords(() -> time.get().toEpochMilli() * 1_000);
    private final Subscribers subscribers = new Subscribers(records, () -> NOW);

    @Test
    void whoSubscribesTwiceIsSubscribedOnceSinceTheFirstTime() {
        time.set(NOW.minus(Duration.ofDays(30)));
        assertThat(subscribe(ANN).wasThere()).contains(false);
        time.set(NOW);

        assertThat(subscribe(ANN).wasThere()).contains(true);

        assertThat(all()).singleElement().satisfies(ann -> {
            assertThat(ann.email()).isEqualTo("ann@example.org");
            assertThat(ann.since()).isCloseTo(NOW.minus(Duration.ofDays(30)), within(1, ChronoUnit.MILLIS));
        });
        assertThat(figures()).isEqualTo(new Subscribers.Figures(1, 0));
    }

    @Test
    void recentOnesAreThoseOfSevenDays() {
        time.set(NOW.minus(Duration.ofDays(7)).minusSeconds(1));
        assertThat(subscribe(ANN).wasThere()).contains(false);
        time.set(NOW.minus(Duration.ofDays(7)));
        assertThat(subscribe(BOB).wasThere()).contains(false);

        assertThat(figures()).isEqualTo(new Subscribers.Figures(2, 1));
    }

    @Test
    void whetherSomebodyIsSubscribedIsNotGuessed() {
        records.complete(false);

        assertThat(subscribe(ANN)).isEqualTo(new Subscribers.Change(Durability.MEMORY, Optional.empty()));
        assertThat(subscribe(ANN).wasThere()).contains(true);
        assertThat(delete(BOB).wasThere()).isEmpty();
    }

    @Test
    void partOfTheSetIsNotTakenForTheWhole() {
        assertThat(subscribe(ANN).wasThere()).contains(false);
        records.complete(false);

        assertThatThrownBy(this::figures).isInstanceOf(ProblemException.class);
        assertThatThrownBy(this::all).isInstanceOf(ProblemException.class);
    }

    @Test
    void deletionBeatsOlderWritesThatArriveLater() {
        Version before = records.now();
        assertThat(subscribe(ANN).wasThere()).contains(false);
        assertThat(delete(ANN).wasThere()).contains(true);

        merge(Member.added(before, Subscriber.data(ANN, Optional.empty())));

        assertThat(all()).isEmpty();
        assertThat(records.of(RECORD).toString()).doesNotContain("ann@");
        assertThat(delete(ANN).wasThere()).contains(false);
    }

    @Test
    void whoWasDeletedMaySubscribeAgain() {
        assertThat(subscribe(ANN).wasThere()).contains(false);
        assertThat(delete(ANN).wasThere()).contains(true);

        assertThat(subscribe(ANN).wasThere()).contains(false);

        assertThat(all()).hasSize(1);
    }

    @Test
    void subscriptionCountsAlsoAfterADeletionByAClockThatIsAhead() {
        Version ahead = new Version(records.now().micros() + 5_000_000, 9);
        merge(Member.removed(ahead));

        assertThat(subscribe(ANN).wasThere()).contains(false);

        assertThat(all()).hasSize(1);
    }

    @Test
    void deletionCountsAlsoAfterASubscriptionByAClockThatIsAhead() {
        Version ahead = new Version(records.now().micros() + 5_000_000, 9);
        merge(Member.added(ahead, "{\"email\":\"ann@example.org\"}"));

        assertThat(delete(ANN).wasThere()).contains(true);

        assertThat(all()).isEmpty();
    }

    @Test
    void lineOfAnExportSaysNoMoreThanIsKept() {
        time.set(NOW);
        var _ = await(subscribers.subscribe(ANN, Optional.of("landing-page")));

        assertThat(all().getFirst().json())
                .startsWith("{\"email\":\"ann@example.org\",\"subscribed_at\":\"2026-03-20T12:00:00")
                .endsWith("\",\"source\":\"landing-page\"}");
        assertThat(all().getFirst().toString()).doesNotContain("ann");
    }

    private void merge(Member ofAnn) {
        await(records.merge(Merge.of(RECORD, ANN.digest(), ofAnn)));
    }

    private Subscribers.Change subscribe(EmailAddress email) {
        return await(subscribers.subscribe(email, Optional.empty()));
    }

    private Subscribers.Change delete(EmailAddress email) {
        return await(subscribers.delete(email));
    }

    private Subscribers.Figures figures() {
        return await(subscribers.figures());
    }

    private List<Subscriber> all() {
        return await(subscribers.all().collect().asList());
    }

    @CanIgnoreReturnValue
    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(5));
    }
}
