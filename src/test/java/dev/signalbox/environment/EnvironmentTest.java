package dev.signalbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "REDIS_URL|redis://u:p@h:1/2|redis://u:p@h:1/2",
                "REDIS_URL| redis://h |redis://h",
                "REDIS_PRIVATE_URL|redis://:p$$w${x}\\$y@h|redis://:p$$w${x}\\$y@h",
                "REDIS_PUBLIC_URL|rediss://h|rediss://h",
                "REDIS_HOST|redis.railway.internal|redis.railway.internal",
                "REDIS_HOST|[::1]|::1",
                "REDISHOST|my_cache|my_cache",
                "REDIS_PORT| 6380 |6380",
                "REDISPORT|1|1",
                "REDIS_USERNAME|app|app",
                "REDISUSER|default|default",
                "REDIS_PASSWORD|` p$w `|` p$w `",
                "REDISPASSWORD|${x}|${x}",
                "REDIS_DB|0|0",
                "REDIS_MODE|Standalone|standalone",
                "REDIS_TLS_VERIFY|FALSE|false",
                "REDIS_TLS_VERIFY|1|true",
                "REDIS_DEADLINE_MS|100|PT0.1S",
                "REDIS_CONNECT_TIMEOUT_MS|5000|PT5S",
                "REDIS_KEY_PREFIX|shop:v2|shop:v2",
                "CACHE_TTL_HOURS|0.5|PT30M",
                "CACHE_TTL_HOURS|24|PT24H",
                "CACHE_TTL_HOURS|.25|PT15M",
                "RATE_LIMIT_REQUESTS|1|1",
                "RATE_LIMIT_REQUESTS|1000000000|1000000000",
                "RATE_LIMIT_WINDOW_HOURS|1|PT1H",
                "RATE_LIMIT_WINDOW_HOURS|0.25|PT15M",
                "RATE_LIMIT_ON_OUTAGE|share|share",
                "RATE_LIMIT_ON_OUTAGE| Open |open",
                "RATE_LIMIT_ON_OUTAGE|CLOSED|closed",
                "API_KEYS|web:k-1,k2|web:k-1,k2",
                "API_KEYS|k:with:colons|k:with:colons",
                "CORS_ORIGINS|https://a.example/, http://localhost:3000|https://a.example,http://localhost:3000",
                "CORS_ORIGINS|*|*",
                "TRUSTED_PROXY_HOPS|0|0",
                "TRUSTED_PROXY_HOPS| 02 |2",
                "PORT|0|0",
                "ORIGIN_URL|https://api.example/|https://api.example",
                "ORIGIN_URL|http://[::1]:8080/base/|http://[::1]:8080/base",
                "MODELS_URL|https://models.example/v1/models?all=1|https://models.example/v1/models?all=1",
                "MAX_TWEET_LENGTH|280|280",
                "MAX_CONTENT_LENGTH|10000|10000",
                "ALLOWED_DOMAINS|medium.com, *.medium.com,,Bücher.example, 10.1.2.3,::1,[fd00::1]"
                        + "|medium.com,*.medium.com,Bücher.example,10.1.2.3,::1,[fd00::1]",
                "DEBUG|true|DEBUG",
                "DEBUG|off|INFO",
                "ENVIRONMENT|Production|production",
                "ENVIRONMENT|prod|production",
                "ENVIRONMENT|staging|staging",
            })
    void aGoodValueBecomesAProperty(Variable variable, String value, String expected) {
        Environment environment = read(Map.of(variable.name(), value));

        assertThat(environment.refusals()).isEmpty();
        assertThat(environment.properties()).containsEntry(variable.property(), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REDIS_URL|redis.railway.internal:6379|\"redis.railway.internal:6379\"|begin with redis://",
                "REDIS_URL|redis://app:s3cret@h:six|\"redis://***@h:***\"|the port is not between",
                "REDIS_URL|redis-cli --tls -u redis://u:p@h:6379|\"***@h:6379\"|begin with redis://",
                "REDIS_PRIVATE_URL|redis://h/x|\"redis://h/***\"|the database",
                "REDIS_PUBLIC_URL|redis://a,redis://b|\"redis://***:/***\"|sentinel or cluster mode",
                "REDIS_HOST|redis://h|\"redis://h\"|it is not a host name",
                "REDISHOST|h:6379|\"h:6379\"|it is not a host name",
                "REDIS_PORT|six|\"six\"|it is not a whole number",
                "REDIS_PORT|tcp://10.0.0.1:6379|\"tcp://10.0.0.1:6379\"|it is not a whole number",
                "REDIS_PORT|0|\"0\"|out of range",
                "REDISPORT|65536|\"65536\"|out of range",
                "REDIS_PORT|12345678901|\"12345678901\"|not a whole number of at most ten digits",
                "REDIS_DB|-1|\"-1\"|it is not a whole number",
                "REDIS_MODE|sentinel|\"sentinel\"|a later version brings this mode",
                "REDIS_MODE|cluster|\"cluster\"|a later version brings this mode",
                "REDIS_MODE|master|\"master\"|there is no such mode",
                "REDIS_TLS_CA|/nowhere/ca.pem|\"/nowhere/ca.pem\"|the file cannot be read",
                "REDIS_TLS_CA|/|\"/\"|the file does not hold certificates",
                "REDIS_TLS_VERIFY|maybe|\"maybe\"|neither true nor false",
                "REDIS_DEADLINE_MS|100ms|\"100ms\"|it is not a whole number",
                "REDIS_DEADLINE_MS|0|\"0\"|out of range",
                "REDIS_CONNECT_TIMEOUT_MS|5.0|\"5.0\"|it is not a whole number",
                "REDIS_KEY_PREFIX|{shop}|\"{shop}\"|braces",
                "REDIS_KEY_PREFIX|my shop|\"my shop\"|a blank",
                "CACHE_TTL_HOURS|-1|\"-1\"|it is not a number of hours",
                "CACHE_TTL_HOURS|0|\"0\"|it is not above 0",
                "CACHE_TTL_HOURS|0.0000001|\"0.0000001\"|it is not above 0",
                "CACHE_TTL_HOURS|1e9|\"1e9\"|it is not a number of hours",
                "CACHE_TTL_HOURS|24h|\"24h\"|it is not a number of hours",
                "CACHE_TTL_HOURS|.|\".\"|it is not a number of hours",
                "RATE_LIMIT_REQUESTS|0|\"0\"|out of range",
                "RATE_LIMIT_REQUESTS|1000000001|\"1000000001\"|out of range",
                "RATE_LIMIT_REQUESTS|9999999999|\"9999999999\"|out of range",
                "RATE_LIMIT_REQUESTS|50/h|\"50/h\"|it is not a whole number",
                "RATE_LIMIT_WINDOW_HOURS|0|\"0\"|it is not above 0",
                "RATE_LIMIT_WINDOW_HOURS|1h|\"1h\"|it is not a number of hours",
                "RATE_LIMIT_ON_OUTAGE|allow|\"allow\"|there is no such choice",
                "API_KEYS|a,,b|*** (4 characters)|an entry is empty",
                "API_KEYS|web:|*** (4 characters)|an entry is empty",
                "API_KEYS|two words|*** (9 characters)|an entry is empty",
                "API_KEYS|${{shared.API_KEYS}}|*** (20 characters)|never expanded",
                "CORS_ORIGINS|https://a.example,b.example|\"https://a.example\", \"b.example\"|begin with http://",
                "CORS_ORIGINS|https://a.example/path|\"https://a.example/***\"|an origin has no path",
                "CORS_ORIGINS|https://*.example|\"https://***\"|host or port",
                "TRUSTED_PROXY_HOPS|-1|\"-1\"|it is not a whole number",
                "TRUSTED_PROXY_HOPS|101|\"101\"|out of range",
                "TRUSTED_PROXY_HOPS|10.0.0.0/8|\"10.0.0.0/8\"|it is not a whole number",
                "PORT|http|\"http\"|it is not a whole number",
                "PORT|65536|\"65536\"|out of range",
                "ORIGIN_URL|api.example|\"api.example\"|begin with http://",
                "ORIGIN_URL|https:///x|\"https:///***\"|host or port",
                "ORIGIN_URL|https://u:p@api.example|\"https://***@api.example\"|a login",
                "ORIGIN_URL|https://api.example?key=1|\"https://api.example?***\"|a question mark",
                "ORIGIN_URL|https://api.example:70000|\"https://api.example:70000\"|host or port",
                "MODELS_URL|ftp://h/x|\"ftp://h/***\"|begin with http://",
                "MODELS_URL|https://h/x#y|\"https://h/***#***\"|a # part",
                "MODELS_URL|https://h/a b|\"https://h/***\"|it is not a URL",
                "MAX_TWEET_LENGTH|12|\"12\"|out of range",
                "MAX_CONTENT_LENGTH|many|\"many\"|it is not a whole number",
                "ALLOWED_DOMAINS|medium.com,blog.*.com|\"medium.com\", \"blog.*.com\"|a * can only stand for all",
                "ALLOWED_DOMAINS|*|\"*\"|a * can only stand for all",
                "ALLOWED_DOMAINS|*blog|\"*blog\"|a * can only stand for all",
                "ALLOWED_DOMAINS|*.*.blog|\"*.*.blog\"|a * can only stand for all",
                "ALLOWED_DOMAINS|https://medium.com|\"https://medium.com\"|not a host name",
                "ALLOWED_DOMAINS|https://app:pa,ssword@medium.com|\"https://***@medium.com\"|not a host name",
                "ALLOWED_DOMAINS|medium.com/@anna|\"***@anna\"|not a host name",
                "ALLOWED_DOMAINS|medium.com:443|\"medium.com:443\"|not a host name",
                "ALLOWED_DOMAINS|medium.com dev.to|\"medium.com dev.to\"|not a host name",
                "ALLOWED_DOMAINS|,|\"\", \"\"|it names no host",
                "DEBUG|verbose|\"verbose\"|neither true nor false",
                "ENVIRONMENT|two words|\"two words\"|it is not one word",
            })
    void aBadValueIsRefusedInOneLine(Variable variable, String value, String shown, String reason) {
        List<Refusal> refusals = read(Map.of(variable.name(), value)).refusals();

        assertThat(refusals).hasSize(1);
        assertThat(refusals.getFirst().line())
                .startsWith(variable + " is " + shown + ", but ")
                .contains(reason)
                .endsWith("; expected " + variable.format().expected());
    }

    @ParameterizedTest
    @EnumSource(Variable.class)
    void aBlankValueCountsAsUnset(Variable variable) {
        Environment environment = read(Map.of(variable.name(), " \t"));

        assertThat(environment).isEqualTo(new Environment(Map.of(), List.of(variable), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${{Redis.REDIS_URL}}", "redis://default:${{Redis.REDISPASSWORD}}@h:6379", " ${{ }} "})
    void aValueThatWasNeverExpandedCountsAsUnset(String value) {
        Environment environment = read(Map.of("REDIS_URL", value));

        assertThat(environment).isEqualTo(new Environment(Map.of(), List.of(Variable.REDIS_URL), List.of()));
    }

    @Test
    void aValueThatTheLocaleCouldNotReadIsRefused() {
        assertThat(read(Map.of("REDIS_PASSWORD", "p\uFFFD\uFFFD")).refusals())
                .singleElement()
                .extracting(Refusal::line)
                .asString()
                .startsWith("REDIS_PASSWORD is *** (3 characters), but the locale of this process");
    }

    @Test
    void nothingSetIsNothingSaid() {
        assertThat(read(Map.of("PATH", "/bin", "RAILWAY_SERVICE_REDIS_URL", "redis.railway.internal")))
                .isEqualTo(new Environment(Map.of(), List.of(), List.of()));
    }

    @Test
    void everyBadValueIsNamedAtOnce() {
        assertThat(read(Map.of("PORT", "x", "REDIS_URL", "x", "DEBUG", "x")).refusals())
                .extracting(Refusal::variable)
                .containsExactly(Variable.REDIS_URL, Variable.PORT, Variable.DEBUG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RAILWAY_ENVIRONMENT", "RAILWAY_ENVIRONMENT_NAME", "RAILWAY_PROJECT_ID"})
    void railwayIsProductionBehindOneProxy(String variable) {
        assertThat(read(Map.of(variable, "x")).properties())
                .containsOnly(
                        Map.entry("signalbox.environment.name", "production"),
                        Map.entry("signalbox.http.trusted-proxy-hops", "1"),
                        Map.entry("signalbox.disk.ephemeral", "true"));
    }

    @Test
    void aVolumeOfRailwayIsWhereThingsRest() {
        assertThat(read(Map.of("RAILWAY_ENVIRONMENT", "x", "RAILWAY_VOLUME_MOUNT_PATH", "/data"))
                        .properties())
                .containsEntry("signalbox.disk.directory", "/data")
                .containsEntry("signalbox.disk.ephemeral", "false");
    }

    @Test
    void whoNamesADirectoryIsBelievedBesideAVolume() {
        assertThat(read(Map.of("RAILWAY_VOLUME_MOUNT_PATH", "/data", "JOURNAL_DIR", "/elsewhere"))
                        .properties())
                .containsOnly(Map.entry("signalbox.disk.directory", "/elsewhere"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "${{db.RAILWAY_VOLUME_MOUNT_PATH}}"})
    void aVolumeThatIsNotThereIsNone(String path) {
        assertThat(read(Map.of("RAILWAY_ENVIRONMENT", "x", "RAILWAY_VOLUME_MOUNT_PATH", path))
                        .properties())
                .containsEntry("signalbox.disk.ephemeral", "true")
                .doesNotContainKey("signalbox.disk.directory");
    }

    @Test
    void journalDirectoryCanBeOffInAnyCase() {
        assertThat(read(Map.of("JOURNAL_DIR", " OFF ")).properties())
                .containsOnly(Map.entry("signalbox.disk.directory", "off"));
    }

    @Test
    void journalDirectoryThatCannotBeOneIsRefused() {
        assertThat(read(Map.of("JOURNAL_DIR", "a\0b")).refusals())
                .singleElement()
                .extracting(Refusal::line)
                .asString()
                .contains("JOURNAL_DIR is ", "expected a directory, or off");
    }

    @Test
    void whoNamesTheEnvironmentIsBelievedOnRailwayToo() {
        assertThat(read(Map.of("RAILWAY_ENVIRONMENT", "pr-7", "ENVIRONMENT", "staging"))
                        .properties())
                .containsEntry("signalbox.environment.name", "staging");
    }

    @Test
    void whoCountsTheProxiesIsBelievedOnRailwayToo() {
        assertThat(read(Map.of("RAILWAY_ENVIRONMENT", "pr-7", "TRUSTED_PROXY_HOPS", "2"))
                        .properties())
                .containsEntry("signalbox.http.trusted-proxy-hops", "2");
    }

    @Test
    void aReadableCertificateIsAccepted(@TempDir Path folder) throws Exception {
        Path ca = Files.writeString(folder.resolve("ca.pem"), Certificates.CA);

        assertThat(read(Map.of("REDIS_TLS_CA", ca.toString())).properties())
                .containsEntry("signalbox.redis.tls.ca", ca.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void aFileWithoutCertificatesIsRefused(String content, @TempDir Path folder) throws Exception {
        Path ca = Files.writeString(folder.resolve("ca.pem"), content);

        assertThat(read(Map.of("REDIS_TLS_CA", ca.toString())).refusals()).hasSize(1);
    }

    @Property
    void noRefusalShowsASecretOrBreaksTheLine(
            @ForAll Variable variable,
            @ForAll @StringLength(min = 8, max = 30) @CharRange(from = ' ', to = '~') String secret,
            @ForAll("frames") String frame) {
        // Nobody can tell what follows the last one from a host.
        Assume.that(!secret.startsWith("@"));

        String lines = read(Map.of(variable.name(), frame.replace("SECRET", secret))).refusals().stream()
                .map(Refusal::line)
                .collect(Collectors.joining());

        assertThat(lines).doesNotContain(secret).doesNotContain("\n", "\r", "\u2028", "\u001b");
    }

    /** Where people put secrets, rightly or not. */
    @Provide
    Arbitrary<String> frames() {
        return Arbitraries.of(
                "redis://app:SECRET@h:6379/x",
                "rediss://:SECRET@h:70000",
                "redis://app:SECRET",
                "redis://h:6379?password=SECRET",
                "redis://h:6379/SECRET",
                "redis-cli -u redis://app:SECRET@h:6379",
                "app:SECRET@h",
                "\"redis://app:SECRET@h\"",
                "https://app:SECRET@h/x",
                "https://h/x?key=SECRET#x",
                "\u001b[1mhttps://app:SECRET@h\r\n\u2028");
    }

    @Property
    void noRefusalOfAListOfKeysShowsOne(
            @ForAll @StringLength(min = 8, max = 30) @CharRange(from = '!', to = '~') String secret) {
        String line = read(Map.of("API_KEYS", "two words," + secret))
                .refusals()
                .getFirst()
                .line();

        assertThat(line).doesNotContain(secret);
    }

    private static Environment read(Map<String, String> variables) {
        return Environment.read(variables::get);
    }
}
