package dev.signalbox.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {

    @Test
    void readsEveryPart() {
        assertThat(RedisUrl.parse("rediss://app:s3cret@redis.example.com:6380/3"))
                .isEqualTo(new RedisUrl(true, "redis.example.com", 6380, Optional.of("app"), Optional.of("s3cret"), 3));
    }

    @Test
    void missingPartsHaveTheirDefaults() {
        assertThat(RedisUrl.parse("redis://cache"))
                .isEqualTo(new RedisUrl(false, "cache", 6379, Optional.empty(), Optional.empty(), 0));
    }

    @ParameterizedTest
    @CsvSource({
        "redis://:pw@h,               redis://default:***@h:6379/0",
        "redis://app:@h,              redis://app@h:6379/0",
        "redis://@h,                  redis://h:6379/0",
        "REDIS://h:1/,                redis://h:1/0",
        "Rediss://h/15,               rediss://h:6379/15",
        "redis://my_cache.internal,   redis://my_cache.internal:6379/0",
        "redis://[fd12::1]:7001/2,    redis://[fd12::1]:7001/2",
        "redis://[::1],               redis://[::1]:6379/0",
        "redis://10.0.0.7:65535,      redis://10.0.0.7:65535/0",
        "redis://h:6379/0?family=0,   redis://h:6379/0",
        "redis://h?family=6,          redis://h:6379/0",
        "' redis://h ',               redis://h:6379/0",
    })
    void showsTheAddressWithoutThePassword(String text, String shown) {
        assertThat(RedisUrl.parse(text)).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "redis://u:p%3Aa%2Bs%2Fs%40@h p:a+s/s@",
                "redis://u:a+b@h a+b",
                "redis://u:a@b/c?d#e:f@h a@b/c?d#e:f",
                "redis://u:%C3%A9%E2%82%AC@h é€",
                "redis://u:a,b@h a,b",
                "redis://u:p$$w${x}\\$y@h p$$w${x}\\$y",
            })
    void passwordsAreWhatTheirOwnersMeant(String text, String password) {
        assertThat(RedisUrl.parse(text).password()).hasValue(password);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis.railway.internal|redis://",
                "redis.railway.internal:6379|redis://",
                "http://h:6379|redis://",
                "\"redis://h\"|redis://",
                "redis-cli --tls -u redis://u:p@h:6379|redis://",
                "redis://|host is missing",
                "redis://:6379|host is missing",
                "redis://u:p@|host is missing",
                "redis://u:p@/0|host is missing",
                "redis://a b|host is not",
                "redis://-a|host is not",
                "redis://h#x|host is not",
                "redis://[fd12::1|brackets",
                "redis://[nonsense]:1|brackets",
                "redis://fd12::1:6379|brackets",
                "redis://[::1]x:1|brackets",
                "redis://h:|port",
                "redis://h:0|port",
                "redis://h:65536|port",
                "redis://h:99999999999|port",
                "redis://h:six|port",
                "redis://h:-1|port",
                "redis://h/x|database",
                "redis://h/-1|database",
                "redis://h/1/2|database",
                "redis://h/99999999999|database",
                "redis://h?db=1|question mark",
                "redis://lonely@h|no colon",
                "redis://u:p%@h|%25",
                "redis://u:p%4@h|%25",
                "redis://u:p%zz@h|%25",
                "redis://u:%ff@h|UTF-8",
                "redis://a:1,redis://b:2|sentinel or cluster",
                "redis://u:p@a:1, rediss://u:p@b:2|sentinel or cluster",
                "redis://a:1,b:2|sentinel or cluster",
                "redis://a,b:2|sentinel or cluster",
            })
    void saysWhatIsWrong(String text, String reason) {
        assertThatThrownBy(() -> RedisUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536})
    void anAddressMadeOfPartsIsCheckedToo(int port) {
        assertThatThrownBy(() -> new RedisUrl(false, "h", port, Optional.empty(), Optional.empty(), 0))
                .hasMessageContaining("port");
    }

    @Property
    void aPercentEncodedLoginComesBack(
            @ForAll @StringLength(min = 1, max = 40) String user,
            @ForAll @StringLength(min = 1, max = 40) String password) {
        RedisUrl url = RedisUrl.parse("redis://" + encoded(user) + ":" + encoded(password) + "@h");

        assertThat(url.username()).hasValue(wellFormed(user));
        assertThat(url.password()).hasValue(wellFormed(password));
    }

    @Property
    void neitherTheAddressNorARefusalShowsThePassword(
            @ForAll @StringLength(min = 6, max = 30) @CharRange(from = '!', to = '~') String password,
            @ForAll("places") String place) {
        String shown;
        try {
            shown = RedisUrl.parse("redis://app:" + password + "@" + place).toString();
        } catch (IllegalArgumentException refusal) {
            shown = String.valueOf(refusal.getMessage());
        }

        assertThat(shown).doesNotContain(password);
    }

    @Provide
    Arbitrary<String> places() {
        return Arbitraries.of("h", "h:six", "", "h/x", "h?x=1", "[::1]:1", "a,b", "h:70000");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Lone surrogates cannot be written in UTF-8. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
