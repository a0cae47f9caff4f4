package dev.signalbox.premium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.records.Member;
import dev.signalbox.records.Value;
import dev.signalbox.records.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

@PropertyDefaults(tries = 500)
class GrantTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @Property
    void theOrderInWhichGrantsBecomeKnownDoesNotMatter(@ForAll("grants") List<Grant> grants, @ForAll Random random) {
        List<Grant> shuffled = new ArrayList<>(grants);
        Collections.shuffle(shuffled, random);

        assertThat(Grant.end(shuffled)).isEqualTo(Grant.end(grants));
    }

    @Property
    void noPaidDayIsLostAndNoneIsWonBeyondTheGaps(@ForAll("grants") List<Grant> grants) {
        Instant end = Grant.end(grants).orElse(BEGIN);
        Duration paid = grants.stream().map(grant -> grant.terms().duration()).reduce(Duration.ZERO, Duration::plus);
        Instant first =
                grants.stream().map(Grant::grantedAt).min(Instant::compareTo).orElse(BEGIN);
        Instant last =
                grants.stream().map(Grant::grantedAt).max(Instant::compareTo).orElse(BEGIN);

        assertThat(end).isAfterOrEqualTo(first.plus(paid)).isBeforeOrEqualTo(last.plus(paid));
    }

    @Property
    void oneMoreGrantNeverEndsAnythingEarlier(@ForAll("grants") List<Grant> grants, @ForAll("grant") Grant more) {
        List<Grant> all = new ArrayList<>(grants);
        all.add(more);

        assertThat(Grant.end(all).orElseThrow())
                .isAfterOrEqualTo(Grant.end(grants).orElse(Instant.MIN));
    }

    @Property
    void theIndexCountsFromTheLatestEndInWhateverOrderEndsAreWritten(
            @ForAll("ends") List<Instant> ends, @ForAll Random random) {
        List<Instant> shuffled = new ArrayList<>(ends);
        Collections.shuffle(shuffled, random);
        Member merged = shuffled.stream()
                .map(GrantIndex::endingAt)
                .reduce((one, other) -> (Member) one.merge(other))
                .orElseThrow();

        assertThat(merged.isPresent()).isTrue();
        assertThat(merged.since().at().micros() / 1_000)
                .isEqualTo(ends.stream().max(Instant::compareTo).orElseThrow().toEpochMilli());
    }

    @Example
    void aGrantAddsItsDaysToWhatIsLeft() {
        assertThat(Grant.end(List.of(grant("a", 0, 30), grant("b", 10, 30)))).hasValue(BEGIN.plus(Duration.ofDays(60)));
        assertThat(Grant.end(List.of(grant("a", 0, 30), grant("b", 40, 30)))).hasValue(BEGIN.plus(Duration.ofDays(70)));
        assertThat(Grant.end(List.of())).isEmpty();
    }

    @Example
    void whatIsKeptSaysTheSame() {
        GrantTerms terms = new GrantTerms("premium", 30, "pay-\"1\"");
        Member member = Member.added(new Version(1_767_225_600_123_456L, 1), terms.text());

        Grant grant = Grant.of("hash", (Member) Value.read(member.bytes())).orElseThrow();

        assertThat(grant.terms()).isEqualTo(terms);
        assertThat(grant.grantedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
        assertThat(GrantTerms.parse("{")).isEmpty();
        assertThat(GrantTerms.parse("{}")).isEmpty();
    }

    @Provide
    Arbitrary<Grant> grant() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.integers().between(1, 400),
                        Arbitraries.integers().between(0, 50))
                .as((day, days, reference) -> grant("ref" + reference, day, days));
    }

    @Provide
    Arbitrary<List<Grant>> grants() {
        return grant().list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Instant>> ends() {
        return Arbitraries.integers()
                .between(0, 1_000_000)
                .map(seconds -> BEGIN.plusSeconds(seconds))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static Grant grant(String reference, int day, int days) {
        return new Grant(reference, BEGIN.plus(Duration.ofDays(day)), new GrantTerms("premium", days, reference));
    }
}
