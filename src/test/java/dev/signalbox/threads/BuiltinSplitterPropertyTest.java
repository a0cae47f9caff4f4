package dev.signalbox.threads;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

@PropertyDefaults(tries = 400)
class BuiltinSplitterPropertyTest {

    private static final int LONGEST_PREFIX = "999/999 ".length();

    @Property
    void noPostIsLongerThanTheLimit(@ForAll("anything") String text, @ForAll("limits") int limit) {
        assertThat(split(text, limit)).allSatisfy(tweet -> {
            assertThat(tweet.characterCount()).isLessThanOrEqualTo(limit);
            assertThat(tweet.content()).isNotBlank();
        });
    }

    @Property
    void postsAreNumberedFromOneToTheTotal(@ForAll("anything") String text, @ForAll("limits") int limit) {
        List<Tweet> thread = split(text, limit);

        for (int i = 0; i < thread.size(); i++) {
            Tweet tweet = thread.get(i);
            assertThat(tweet.number()).isEqualTo(i + 1);
            assertThat(tweet.total()).isEqualTo(thread.size());
            assertThat(tweet.content())
                    .startsWith(tweet.total() == 1 ? "" : tweet.number() + "/" + tweet.total() + " ");
        }
    }

    @Property
    void nothingIsLostAndNothingIsMoved(@ForAll("anything") String text, @ForAll("limits") int limit) {
        String shown = split(text, limit).stream().map(Passages::withoutPrefix).collect(joining());

        assertThat(bare(shown)).isEqualTo(bare(text));
    }

    @Property
    void everyPostIsAPassageOfTheTextAsItStands(@ForAll("withoutEllipsis") String text, @ForAll("limits") int limit) {
        List<Tweet> thread = split(text, limit);

        assertThat(Passages.of(text, thread).passages()).hasSameSizeAs(thread);
    }

    @Property
    void noGraphemeClusterIsCutThatFitsIntoAPost(@ForAll("withoutEllipsis") String text, @ForAll("limits") int limit) {
        List<Tweet> thread = split(text, limit);

        Passages passages = Passages.of(text, thread);
        int room = limit - prefixLength(thread) - 1;
        assertThat(passages.passages()).allSatisfy(passage -> {
            assertThat(passages.clusterAcross(passage.start())).matches(length -> length == 0 || length > room);
            assertThat(passages.clusterAcross(passage.end())).matches(length -> length == 0 || length > room);
        });
    }

    @Property
    void noSurrogatePairIsCut(@ForAll("anything") String text, @ForAll("limits") int limit) {
        long codePoints = split(text, limit).stream()
                .mapToLong(tweet -> bareCodePoints(Passages.withoutPrefix(tweet)))
                .sum();

        assertThat(codePoints).isEqualTo(bareCodePoints(text));
    }

    @Property
    void aPostThatEndsInsideAWordSaysSo(@ForAll("withoutEllipsis") String text, @ForAll("limits") int limit) {
        Passages passages = Passages.of(text, split(text, limit));

        assertThat(passages.passages().stream().filter(Passages.Passage::marked))
                .allSatisfy(passage -> {
                    assertThat(passage.end()).isLessThan(text.length());
                    assertThat(passages.passages()).anyMatch(next -> next.start() == passage.end());
                });
    }

    @Property
    void aWordThatFitsIsNeverCut(@ForAll("limits") int limit, @ForAll("words") List<String> words) {
        String text = words.stream()
                .map(word -> word.substring(0, Math.min(word.length(), limit - LONGEST_PREFIX)))
                .collect(joining(" "));

        assertThat(split(text, limit).stream()
                        .flatMap(tweet -> Passages.withoutPrefix(tweet)
                                .lines()
                                .flatMap(line -> List.of(line.split(" ")).stream())))
                .containsExactly(text.split(" "));
    }

    @Property
    void aLongWordIsCutWithAMarkInEveryPostButItsLast(
            @ForAll @IntRange(min = 300, max = 5000) int length, @ForAll("shortLimits") int limit) {
        List<Tweet> thread = split("w".repeat(length), limit);

        assertThat(thread).hasSizeGreaterThan(1);
        assertThat(thread.subList(0, thread.size() - 1)).allSatisfy(tweet -> {
            assertThat(tweet.content()).endsWith("w…");
            assertThat(tweet.characterCount()).isBetween(limit - 2, limit);
        });
        assertThat(thread.getLast().content()).endsWith("w");
    }

    @Property
    void aSentenceThatFitsIsNeverCut(
            @ForAll("words") List<String> words, @ForAll @IntRange(min = 60, max = 300) int limit) {
        String text = words.stream()
                .map(word -> "The "
                        + word.substring(0, Math.min(word.length(), limit - LONGEST_PREFIX - "The is.".length() - 1))
                        + " is.")
                .collect(joining(" "));

        assertThat(split(text, limit)).allSatisfy(tweet -> {
            assertThat(Passages.withoutPrefix(tweet)).startsWith("The ").endsWith(" is.");
        });
    }

    @Property
    void whatFitsIsOnePostWithoutANumber(@ForAll("anything") String text) {
        List<Tweet> thread = split(text, 100_000);

        assertThat(thread)
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(tweet -> assertThat(text).contains(tweet.content()));
        assertThat(thread.isEmpty()).isEqualTo(text.chars().allMatch(Character::isWhitespace));
    }

    @Property
    void theSameTextGivesTheSamePosts(@ForAll("anything") String text, @ForAll("limits") int limit) {
        assertThat(split(text, limit)).isEqualTo(split(new String(text.toCharArray()), limit));
    }

    @Provide
    Arbitrary<String> anything() {
        return AnyText.anything();
    }

    @Provide
    Arbitrary<String> withoutEllipsis() {
        return AnyText.withoutEllipsis();
    }

    @Provide
    Arbitrary<List<String>> words() {
        return AnyText.words(400);
    }

    @Provide
    Arbitrary<Integer> limits() {
        return Arbitraries.oneOf(shortLimits(), Arbitraries.integers().between(20, 1000), Arbitraries.of(20, 280));
    }

    @Provide
    Arbitrary<Integer> shortLimits() {
        return Arbitraries.integers().between(20, 60);
    }

    private static List<Tweet> split(String text, int limit) {
        return new BuiltinSplitter(limit).split(text);
    }

    private static int prefixLength(List<Tweet> thread) {
        int total = String.valueOf(thread.size()).length();
        return 2 * total + 2;
    }

    /** Without white space and without any mark of a cut word. */
    private static String bare(String text) {
        return text.codePoints()
                .filter(codePoint -> !Character.isWhitespace(codePoint) && codePoint != '…')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static long bareCodePoints(String text) {
        return text.codePoints()
                .filter(codePoint -> !Character.isWhitespace(codePoint) && codePoint != '…')
                .count();
    }
}
