package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.redis.RedisVersion;
import dev.signalbox.redis.ScriptSetting;
import dev.signalbox.testsupport.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the scripts make of leases, entries and versions, on each server. */
class LeaseScriptsTest {

    private static final ScriptSetting SCRIPTS = new ScriptSetting();
    private static final String EACH = "dev.signalbox.redis.RedisVersion#present";
    private static final String ENTRY = "{c}:entry";
    private static final String LEASE = "{c}:lease";
    private static final String CALLER = "{c}:caller";
    private static final String KEY = "{c}:key";
    private static final List<String> ALL = List.of(ENTRY, LEASE, CALLER, KEY);

    @BeforeEach
    void empty() {
        SCRIPTS.empty();
    }

    @AfterAll
    static void stop() {
        SCRIPTS.close();
    }

    // ---- lease.lua ----

    @ParameterizedTest
    @MethodSource(EACH)
    void firstTakesTheLeaseAndLearnsTheVersions(RedisVersion version) {
        set(version, CALLER, "abc|5-0");

        assertThat(take(version, "me", "7-0", "0-0", "")).containsExactly("taken", "abc|5-0", "");
        assertThat(get(version, LEASE)).isEqualTo("me|7-0|abc/");
        assertThat(server(version).command("PTTL", LEASE).number()).isBetween(1L, 3_000L);
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void callerWithoutAVersionGetsOneBeforeTheLoadAndAllItsLoadsShareIt(RedisVersion version) {
        assertThat(takeNew(version, "me", "first")).containsExactly("taken", "first|", "");
        assertThat(get(version, CALLER)).isEqualTo("first|");
        assertThat(get(version, LEASE)).isEqualTo("me|7-0|first/");
        assertThat(server(version).command("PTTL", CALLER).number()).isBetween(60_001L, 120_000L);

        assertThat(takeNew(version, "other", "second")).containsExactly("held");
        server(version).command("DEL", LEASE);
        assertThat(takeNew(version, "other", "third")).containsExactly("taken", "first|", "");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void versionThatIsCreatedKeepsTheSoftMarkThatWasThere(RedisVersion version) {
        set(version, CALLER, "|5-0");

        assertThat(takeNew(version, "me", "first")).containsExactly("taken", "first|5-0", "");
        assertThat(get(version, CALLER)).isEqualTo("first|5-0");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void othersWaitForALoadThatIsRecentEnough(RedisVersion version) {
        take(version, "me", "7-0", "0-0", "");

        assertThat(take(version, "other", "9-0", "0-0", "")).containsExactly("held");
        assertThat(take(version, "other", "9-0", "7-0", "")).containsExactly("held");
        assertThat(get(version, LEASE)).startsWith("me|");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void whoKnowsANewerMarkTakesTheLeaseOver(RedisVersion version) {
        take(version, "me", "7-0", "0-0", "");

        assertThat(take(version, "other", "10-0", "10-0", "")).startsWith("taken");
        assertThat(get(version, LEASE)).isEqualTo("other|10-0|/");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void whoFindsAnotherVersionTakesTheLeaseOver(RedisVersion version) {
        set(version, KEY, "abc|");
        take(version, "me", "7-0", "0-0", "");
        set(version, KEY, "def|");

        assertThat(take(version, "other", "7-0", "0-0", "")).containsExactly("taken", "", "def|");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void softMarkAloneLetsALoadGoOn(RedisVersion version) {
        set(version, KEY, "abc|");
        take(version, "me", "7-0", "0-0", "");
        set(version, KEY, "abc|8-0");

        assertThat(take(version, "other", "7-0", "0-0", "")).containsExactly("held");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void entryThatWasNotSeenIsHandedOut(RedisVersion version) {
        set(version, ENTRY, "entry-1234");
        set(version, CALLER, "abc|");

        assertThat(take(version, "me", "7-0", "0-0", "")).containsExactly("changed", "entry-1234", "abc|", "");
        assertThat(take(version, "me", "7-0", "0-0", "9999")).startsWith("changed");
        assertThat(take(version, "me", "7-0", "0-0", "1234")).startsWith("taken");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void loadWhoseResultIsNotKeptIsNotWaitedFor(RedisVersion version) {
        take(version, "me", "7-0", "0-0", "");

        assertThat(release(version, "other")).isZero();
        assertThat(release(version, "me")).isEqualTo(1);
        assertThat(take(version, "other", "7-0", "0-0", "")).containsExactly("unkept");
        assertThat(server(version).command("PTTL", LEASE).number()).isBetween(1L, 30_000L);
        assertThat(release(version, "me")).isZero();
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void leaseThatIsHandedOverGoesToTheFirstWhoLooks(RedisVersion version) {
        take(version, "me", "7-0", "0-0", "");

        assertThat(end(version, "other", "0")).isZero();
        assertThat(take(version, "other", "7-0", "0-0", "")).containsExactly("held");
        assertThat(end(version, "me", "0")).isEqualTo(1);
        assertThat(take(version, "other", "7-0", "0-0", "")).startsWith("taken");
        assertThat(take(version, "third", "7-0", "0-0", "")).containsExactly("held");
    }

    // ---- renew.lua ----

    @ParameterizedTest
    @MethodSource(EACH)
    void onlyTheHolderRenews(RedisVersion version) {
        take(version, "token", "7-0", "0-0", "");
        server(version).command("PEXPIRE", LEASE, "2000");

        assertThat(renew(version, "toke")).as("the begin of a token").isZero();
        assertThat(renew(version, "other")).isZero();
        assertThat(server(version).command("PTTL", LEASE).number()).isLessThanOrEqualTo(2_000);
        assertThat(renew(version, "token")).isEqualTo(1);
        assertThat(server(version).command("PTTL", LEASE).number()).isGreaterThan(2_000);
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void leaseThatIsOverIsNotRevived(RedisVersion version) {
        assertThat(renew(version, "token")).isZero();
        assertThat(server(version).command("EXISTS", LEASE).number()).isZero();
    }

    // ---- store.lua ----

    @ParameterizedTest
    @MethodSource(EACH)
    void holderKeepsItsEntryAndTheLeaseEnds(RedisVersion version) {
        take(version, "me", "7-0", "0-0", "");

        assertThat(store(version, "me", "", "")).isEqualTo(1);
        assertThat(get(version, ENTRY)).isEqualTo("body");
        assertThat(server(version).command("PTTL", ENTRY).number()).isBetween(1L, 60_000L);
        assertThat(server(version).command("EXISTS", LEASE, CALLER, KEY).number())
                .isZero();
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void nobodyKeepsAnythingWhileAnotherLoadIsInCharge(RedisVersion version) {
        take(version, "me", "7-0", "0-0", "");
        take(version, "other", "9-0", "9-0", "");

        assertThat(store(version, "me", "", "")).isZero();
        assertThat(store(version, "none-of-them", "", "")).isZero();
        assertThat(get(version, ENTRY)).isEmpty();
        assertThat(get(version, LEASE)).as("the other's stays").startsWith("other|");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void entryWhoseVersionChangedIsRefusedAndTheLeaseEnds(RedisVersion version) {
        set(version, CALLER, "abc|");
        take(version, "me", "7-0", "0-0", "");
        set(version, CALLER, "def|");

        assertThat(store(version, "me", "abc", "")).isZero();
        assertThat(get(version, ENTRY)).isEmpty();
        assertThat(get(version, LEASE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void versionThatAppearedOrVanishedSinceIsAChange(RedisVersion version) {
        set(version, KEY, "abc|");
        assertThat(store(version, "none-of-them", "", "")).as("appeared").isZero();
        server(version).command("DEL", KEY);
        assertThat(store(version, "none-of-them", "", "abc")).as("vanished").isZero();
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void leaseThatExpiredDoesNotKeepAnEntryOut(RedisVersion version) {
        assertThat(store(version, "me", "", "")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void versionLivesOnAsLongAsEntriesAreMade(RedisVersion version) {
        server(version).command("SET", CALLER, "abc|", "PX", "30000");

        assertThat(store(version, "none-of-them", "abc", "")).isEqualTo(1);
        assertThat(server(version).command("PTTL", CALLER).number()).isGreaterThan(60_000);
    }

    // ---- version.lua ----

    @ParameterizedTest
    @MethodSource(EACH)
    void hardInvalidationReplacesTheVersionAndDropsTheEntry(RedisVersion version) {
        set(version, KEY, "abc|5-0");
        set(version, ENTRY, "body");

        var _ = SCRIPTS.run(version, "version.lua", List.of(KEY, ENTRY), "new", "", "9000");

        assertThat(get(version, KEY)).isEqualTo("new|");
        assertThat(get(version, ENTRY)).isEmpty();
        assertThat(server(version).command("PTTL", KEY).number()).isBetween(1L, 9_000L);
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void softInvalidationKeepsTheVersionAndTheEntry(RedisVersion version) {
        set(version, KEY, "abc|5-0");
        set(version, ENTRY, "body");

        var _ = SCRIPTS.run(version, "version.lua", List.of(KEY), "", "8-0", "9000");
        var _ = SCRIPTS.run(version, "version.lua", List.of(CALLER), "", "8-0", "9000");

        assertThat(get(version, KEY)).isEqualTo("abc|8-0");
        assertThat(get(version, CALLER)).as("absent before").isEqualTo("|8-0");
        assertThat(get(version, ENTRY)).isEqualTo("body");
    }

    @CanIgnoreReturnValue
    private static List<String> take(
            RedisVersion version, String token, String position, String required, String seenTail) {
        return SCRIPTS.run(version, "lease.lua", ALL, token, position, required, "3000", seenTail, "", "120000")
                .texts();
    }

    private static List<String> takeNew(RedisVersion version, String token, String firstVersion) {
        return SCRIPTS.run(version, "lease.lua", ALL, token, "7-0", "0-0", "3000", "", firstVersion, "120000")
                .texts();
    }

    private static long store(RedisVersion version, String token, String callerId, String keyId) {
        String versionLifetime = callerId.isEmpty() ? "0" : "120000";
        return SCRIPTS.run(version, "store.lua", ALL, token, "body", "60000", versionLifetime, callerId, keyId)
                .number();
    }

    private static long release(RedisVersion version, String token) {
        return end(version, token, "30000");
    }

    private static long end(RedisVersion version, String token, String unkeptMillis) {
        return SCRIPTS.run(version, "release.lua", List.of(LEASE), token, unkeptMillis)
                .number();
    }

    private static long renew(RedisVersion version, String token) {
        return SCRIPTS.run(version, "renew.lua", List.of(LEASE), token, "3000").number();
    }

    private static void set(RedisVersion version, String key, String value) {
        server(version).command("SET", key, value);
    }

    private static String get(RedisVersion version, String key) {
        var value = server(version).command("GET", key);
        return value.isNil() ? "" : value.text();
    }

    private static RedisServer server(RedisVersion version) {
        return SCRIPTS.server(version);
    }
}
