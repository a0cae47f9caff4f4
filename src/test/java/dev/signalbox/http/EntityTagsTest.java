package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {

    private static final String TAG = "\"abc\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"abc\"",
                "W/\"abc\"",
                "*",
                " * ",
                "\"x\", \"abc\"",
                "\"x\",W/\"abc\" ,\"y\"",
                ", \"abc\" ,",
                "\"a,b\", \"abc\""
            })
    void aTagThatIsInTheListMatches(String value) {
        assertThat(EntityTags.match(List.of(value), TAG)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"ab\"",
                "\"abcd\"",
                "abc",
                "\"abc",
                "w/\"abc\"",
                "xW/\"abc\"",
                "\"abc\"-gz",
                "\"abc-gz\"",
                "\"*\"",
                "x\"abc\""
            })
    void aTagThatIsNotInTheListDoesNotMatch(String value) {
        assertThat(EntityTags.match(List.of(value), TAG)).isFalse();
    }

    @Test
    void everyLineOfTheFieldCounts() {
        assertThat(EntityTags.match(List.of("\"x\"", TAG), TAG)).isTrue();
        assertThat(EntityTags.match(List.of(), TAG)).isFalse();
    }

    @Property
    void listsOfOtherTagsMatchOnlyOnceTheTagIsAmongThem(
            @ForAll("others") List<String> others, @ForAll @IntRange(max = 5) int place, @ForAll boolean weak) {
        List<String> with = new ArrayList<>(others);
        with.add(Math.min(place, others.size()), (weak ? "W/" : "") + TAG);

        assertThat(EntityTags.match(List.of(String.join(", ", others)), TAG)).isFalse();
        assertThat(EntityTags.match(List.of(String.join(", ", with)), TAG)).isTrue();
    }

    @Provide
    Arbitrary<List<String>> others() {
        return Arbitraries.strings()
                .withChars("abc ,/W*")
                .ofMaxLength(6)
                .filter(text -> !text.equals("abc"))
                .map(text -> '"' + text + '"')
                .list()
                .ofMaxSize(5);
    }
}
