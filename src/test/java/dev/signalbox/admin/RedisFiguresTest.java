package dev.signalbox.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How what Redis tells is read and shown. */
class RedisFiguresTest {

    private static final RedisStats.Local LOCAL = new RedisStats.Local(1, 2);

    @ParameterizedTest
    @CsvSource({"0,0B", "1023,1023B", "1024,1.0KB", "2411724,2.3MB", "5368709120,5.0GB"})
    void sizesAreForPeople(long bytes, String text) {
        assertThat(ByteSize.text(bytes)).isEqualTo(text);
    }

    @Test
    void sectionsAreReadLineByLine() {
        ServerInfo info = ServerInfo.parse(List.of(
                "# Memory\r\nused_memory:2411724\r\nmaxmemory_policy:noeviction\r\n", "", "# Stats\r\na:b:c\r\n"));

        assertThat(info.number("used_memory")).hasValue(2_411_724);
        assertThat(info.text("maxmemory_policy")).contains("noeviction");
        assertThat(info.text("a")).contains("b:c");
        assertThat(info.number("a")).isEmpty();
        assertThat(info.number("absent")).isEmpty();
    }

    @Test
    void whatAServerKeepsToItselfIsLeftOut() {
        RedisStats stats = RedisStats.of(new Census(0, 0, 0, Map.of()), new ServerInfo(Map.of()), 0.5, LOCAL);

        assertThat(stats.available()).isTrue();
        assertThat(stats.cacheEntries()).isZero();
        assertThat(stats.memoryUsed()).isNull();
        assertThat(stats.hitRate()).isNull();
        assertThat(stats.policy()).isNull();
    }

    @Test
    void hitRateIsOfAllReadsOfTheServer() {
        ServerInfo info = new ServerInfo(Map.of("keyspace_hits", "1250", "keyspace_misses", "50"));

        assertThat(RedisStats.of(new Census(0, 0, 0, Map.of()), info, 0.5, LOCAL)
                        .hitRate())
                .isEqualTo(0.96);
    }

    @Test
    void aListingThatIsCompleteIsExact() {
        KeyListing listing = KeyListing.complete(keys(150));

        assertThat(listing.total()).isEqualTo(150);
        assertThat(listing.keys()).hasSize(100);
        assertThat(listing.estimated()).isFalse();
        assertThat(listing.truncated()).isTrue();
        assertThat(KeyListing.complete(keys(100)).truncated()).isFalse();
    }

    @Test
    void aListingThatIsNotIsEstimatedFromItsShare() {
        KeyListing listing = KeyListing.partial(keys(5_000), 10_000, 1_000_000);

        assertThat(listing.total()).isEqualTo(500_000);
        assertThat(listing.estimated()).isTrue();
        assertThat(listing.truncated()).isTrue();
        assertThat(KeyListing.partial(keys(10_050), 10_000, 10_020).total())
                .as("never fewer than were seen")
                .isEqualTo(10_050);
        assertThat(KeyListing.partial(Collections.emptyList(), 10_000, 1_000_000)
                        .total())
                .isZero();
    }

    private static List<String> keys(int number) {
        return IntStream.range(0, number).mapToObj(Integer::toString).toList();
    }
}
