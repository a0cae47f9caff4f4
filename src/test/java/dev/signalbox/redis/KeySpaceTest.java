package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySpaceTest {

    private final KeySpace keys = new KeySpace("shop");

    @Test
    void everyKeyBeginsWithThePrefix() {
        assertThat(keys.generation()).isEqualTo("shop:{link}:generation");
        assertThat(keys.tide()).isEqualTo("shop:{link}:tide");
        assertThat(keys.probe()).isEqualTo("shop:{link}:probe");
        assertThat(keys.cacheEntry(1, "models", "-", "d1")).isEqualTo("shop:cache:v1:models:{d1}:d1");
    }

    @Test
    void entriesOfOneCallerShareASlotAndPublicOnesAreSpread() {
        assertThat(tag(keys.cacheEntry(1, "sessions", "c1", "d1")))
                .isEqualTo(tag(keys.cacheEntry(1, "stats", "c1", "d2")))
                .isEqualTo("c1");
        assertThat(tag(keys.cacheEntry(1, "models", "-", "d1")))
                .isNotEqualTo(tag(keys.cacheEntry(1, "models", "-", "d2")));
    }

    @Test
    void whatDiffersInAnyPartHasAnotherKey() {
        assertThat(keys.cacheEntry(1, "models", "c", "d"))
                .isNotEqualTo(keys.cacheEntry(2, "models", "c", "d"))
                .isNotEqualTo(keys.cacheEntry(1, "stats", "c", "d"))
                .isNotEqualTo(keys.cacheEntry(1, "models", "-", "d"))
                .isNotEqualTo(keys.cacheEntry(1, "models", "c", "e"))
                .isNotEqualTo(new KeySpace("other").cacheEntry(1, "models", "c", "d"));
    }

    @Test
    void aKeyTellsWhatItIs() {
        KeySpace keys = new KeySpace("app");

        assertThat(keys.categoryOf(keys.cacheEntry(12, "own-data", "c", "d"))).contains("own-data");
        assertThat(keys.categoryOf(keys.statistics("models"))).isEmpty();
        assertThat(keys.categoryOf("app2:cache:v1:models:{d}:d")).isEmpty();
        assertThat(keys.categoryOf("app:cache:marks")).isEmpty();
        assertThat(keys.isLimit("app:limit:x")).isTrue();
        assertThat(keys.isLimit(keys.tide())).isFalse();
    }

    @Test
    void aGlobMatchesNoKeyOfOthers() {
        assertThat(new KeySpace("app").glob("cache:*")).isEqualTo("app:cache:*");
        assertThat(new KeySpace("a*[b]?\\").glob("*")).isEqualTo("a\\*\\[b\\]\\?\\\\:*");
    }

    @Test
    void sixtyFourCharactersAreAllowed() {
        assertThat(new KeySpace("x".repeat(64)).tide()).startsWith("x".repeat(64) + ":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "{a",
                "a}",
                "a\n",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void prefixThatWouldBreakAHashTagIsRefused(String prefix) {
        assertThatIllegalArgumentException().isThrownBy(() -> new KeySpace(prefix));
    }

    private static String tag(String key) {
        return key.substring(key.indexOf('{') + 1, key.indexOf('}'));
    }
}
