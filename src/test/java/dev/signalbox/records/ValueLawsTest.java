package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of value promises, and what each makes of it. */
class ValueLawsTest {

    @Property
    void orderAndRepetitionChangeNothing(@ForAll("histories") List<Value> history, @ForAll long seed) {
        Random random = new Random(seed);
        List<Value> another = new ArrayList<>(history);
        history.forEach(value -> {
            if (random.nextBoolean()) {
                another.add(value);
            }
        });
        Collections.shuffle(another, random);

        assertThat(inSomeGrouping(another, random)).isEqualTo(oneByOne(history));
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("histories") List<Value> history) {
        Value value = oneByOne(history);

        assertThat(Value.read(value.bytes())).isEqualTo(value);
    }

    @Property
    void whatIsCutOffIsRefusedOrAnotherValue(@ForAll("histories") List<Value> history, @ForAll long seed) {
        byte[] bytes = oneByOne(history).bytes();
        byte[] cut = Arrays.copyOf(bytes, new Random(seed).nextInt(bytes.length));

        try {
            assertThat(Value.read(cut)).hasSameClassAs(oneByOne(history));
        } catch (ValueMismatch refused) {
            assertThat(refused).hasMessageContaining("a value");
        }
    }

    @Test
    void greatestNumberCounts() {
        assertThat(new Maximum(3).merge(new Maximum(5))).isEqualTo(new Maximum(5));
        assertThat(new Maximum(5).merge(new Maximum(3))).isEqualTo(new Maximum(5));
    }

    @Test
    void latestTextCountsAlsoIfItIsADeletion() {
        Register text = new Register(new Version(1, 9), Optional.of("a"));
        Register deletion = new Register(new Version(2, 1), Optional.empty());

        assertThat(text.merge(deletion)).isEqualTo(deletion);
        assertThat(deletion.merge(text)).isEqualTo(deletion);
    }

    @Test
    void memberIsErasedOnceItIsRemovedAndComesBackWhenItIsAddedLater() {
        Member added = Member.added(new Version(1, 0), "ann@example.org");
        Member removed = Member.removed(new Version(2, 0));
        Member addedAgain = Member.added(new Version(3, 0), "ann@example.org again");

        Member gone = (Member) added.merge(removed);
        assertThat(gone.isPresent()).isFalse();
        assertThat(new String(gone.bytes(), StandardCharsets.UTF_8)).doesNotContain("ann");

        Member back = (Member) gone.merge(addedAgain);
        assertThat(back.isPresent()).isTrue();
        assertThat(back.since()).isEqualTo(addedAgain.since());
    }

    @Test
    void memberIsThereSinceItWasAddedFirst() {
        Member first = Member.added(new Version(1, 0), "first");
        Member second = Member.added(new Version(2, 0), "second");

        assertThat(((Member) second.merge(first)).since().data()).isEqualTo("first");
    }

    @Test
    void additionAndRemovalOfTheSameMomentIsARemoval() {
        Version moment = new Version(1, 1);

        Member both = (Member) Member.added(moment, "x").merge(Member.removed(moment));

        assertThat(both.isPresent()).isFalse();
        assertThat(both.since().data()).isEmpty();
    }

    @Test
    void kindsDoNotMix() {
        Value number = new Maximum(1);
        Value text = new Register(new Version(1, 1), Optional.empty());
        Value member = Member.removed(new Version(1, 1));

        for (Value one : List.of(number, text, member)) {
            for (Value other : List.of(number, text, member)) {
                if (!one.equals(other)) {
                    assertThatThrownBy(() -> one.merge(other)).isInstanceOf(ValueMismatch.class);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "mx", "m-1", "m9007199254740992", "r", "s", "z1", "r0000000000000001", "s12:"})
    void whatNobodyWroteIsRefused(String bytes) {
        assertThatThrownBy(() -> Value.read(bytes.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ValueMismatch.class);
    }

    @Property
    void versionsAsTextsHaveTheSameOrder(@ForAll("versions") Version one, @ForAll("versions") Version other) {
        assertThat(Integer.signum(one.text().compareTo(other.text()))).isEqualTo(Integer.signum(one.compareTo(other)));
        assertThat(Version.parse(one.text())).isEqualTo(one);
    }

    @Provide
    Arbitrary<Version> versions() {
        return AnyValue.version();
    }

    @Provide
    Arbitrary<List<Value>> histories() {
        return Arbitraries.oneOf(
                AnyValue.maximum().list().ofMinSize(1).ofMaxSize(8),
                AnyValue.register().list().ofMinSize(1).ofMaxSize(8),
                AnyValue.member().list().ofMinSize(1).ofMaxSize(8));
    }

    private static Value oneByOne(List<Value> history) {
        return history.stream().reduce(Value::merge).orElseThrow();
    }

    private static Value inSomeGrouping(List<Value> history, Random random) {
        List<Value> left = new ArrayList<>(history);
        while (left.size() > 1) {
            int at = random.nextInt(left.size() - 1);
            left.set(at, left.get(at).merge(left.remove(at + 1)));
        }
        return left.getFirst();
    }
}
