package dev.signalbox.http;

import static dev.signalbox.http.EdgeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who a request counts for, behind one proxy and with keys. */
@QuarkusTest
@TestProfile(RequesterComponentTest.BehindOneProxy.class)
class RequesterComponentTest {

    private static final String OPEN = "/edge-test/requester";
    private static final String GUARDED = "/edge-test/guarded-requester";
    private static final String RECOGNISED = "/edge-test/recognised-requester";
    private static final String NOTICED = "/edge-test/noticed-requester";
    private static final String MANAGED = "/edge-test/managed-requester";

    private final EdgeClient client = new EdgeClient();

    /** Needs a start of its own. */
    public static final class BehindOneProxy implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "signalbox.http.api-keys", "alice:alpha-key-1,both:both-key-5",
                    "signalbox.http.admin-api-keys", "ops:omega-key-9,chief:both-key-5",
                    "signalbox.http.trusted-proxy-hops", "1");
        }
    }

    @Test
    void withoutAKeyItCountsForTheAddressThatTheProxySaw() throws Exception {
        assertThat(text(OPEN, "X-Forwarded-For", "6.6.6.6, 192.0.2.1")).isEqualTo("address 192.0.2.1");
        assertThat(text(OPEN, "X-Forwarded-For", "6.6.6.6", "X-Forwarded-For", "[2001:db8::7]:1"))
                .isEqualTo("address 2001:db8::/64");
    }

    @Test
    void withoutAProxyInBetweenItCountsForThePeer() throws Exception {
        assertThat(text(OPEN)).isIn("address 127.0.0.1", "address ::/64");
        assertThat(text(OPEN, "X-Forwarded-For", "unknown")).isIn("address 127.0.0.1", "address ::/64");
    }

    @Test
    void whereNoKeyIsAskedForNeitherKeyNorEndUserIsLookedAt() throws Exception {
        assertThat(text(OPEN, "X-Forwarded-For", "192.0.2.1", "X-API-Key", "alpha-key-1", "X-End-User", "ann"))
                .isEqualTo("address 192.0.2.1");
        assertThat(text(OPEN, "X-Forwarded-For", "192.0.2.1", "X-End-User", "not an id"))
                .isEqualTo("address 192.0.2.1");
    }

    @Test
    void whereKeysAreNoticedTheirHoldersCountAndNobodyIsRefused() throws Exception {
        assertThat(text(NOTICED, "X-API-Key", "alpha-key-1", "X-End-User", "ann"))
                .isEqualTo("user ann of alice");
        assertThat(text(NOTICED, "Authorization", "Bearer both-key-5")).isEqualTo("key both");
        assertThat(text(NOTICED, "X-API-Key", "omega-key-9")).isEqualTo("key ops");
        assertThat(text(NOTICED, "X-Forwarded-For", "192.0.2.1")).isEqualTo("address 192.0.2.1");
        for (String stranger : List.of("Bearer wrong-key-3", "Basic YTpi", "Bearer ")) {
            assertThat(text(NOTICED, "X-Forwarded-For", "192.0.2.1", "Authorization", stranger))
                    .as(stranger)
                    .isEqualTo("address 192.0.2.1");
        }
    }

    @ParameterizedTest
    @CsvSource({"ann@Example.com, user ann@example.com of alice", "' User-7', user User-7 of alice"})
    void aClientNamesItsEndUser(String header, String requester) throws Exception {
        assertThat(text(GUARDED, "X-API-Key", "alpha-key-1", "X-End-User", header))
                .isEqualTo(requester);
    }

    @Test
    void aKeyOfBothKindsIsTheSameClientWhereverClientsAreKnown() throws Exception {
        assertThat(text(GUARDED, "X-API-Key", "both-key-5")).isEqualTo("key both");
        assertThat(text(RECOGNISED, "X-API-Key", "both-key-5")).isEqualTo("key both");
        assertThat(text(MANAGED, "X-API-Key", "both-key-5")).isEqualTo("key chief");
        assertThat(text(RECOGNISED, "X-API-Key", "omega-key-9")).isEqualTo("key ops");
        assertThat(text(RECOGNISED, "X-API-Key", "both-key-5", "X-End-User", "ann"))
                .isEqualTo("user ann of both");
    }

    @Test
    void aClientWithoutEndUserCountsForItself() throws Exception {
        assertThat(text(GUARDED, "X-API-Key", "alpha-key-1", "X-Forwarded-For", "192.0.2.1"))
                .isEqualTo("key alice");
    }

    @Test
    void anEndUserThatCannotBeUnderstoodIsAProblem() throws Exception {
        HttpResponse<byte[]> answer =
                client.send("POST", GUARDED, "X-API-Key", "alpha-key-1", "X-End-User", "two words");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).getString("type")).isEqualTo("urn:signalbox:problem:bad-request");
        assertThat(json(answer).getString("detail"))
                .contains("X-End-User", "254")
                .doesNotContain("two words");
    }

    @Test
    void aKeyThatIsNotKnownIsRefusedBeforeItsEndUserIs() throws Exception {
        assertThat(client.send("POST", GUARDED, "X-API-Key", "wrong-key-3", "X-End-User", "two words")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anAdminCountsForItself() throws Exception {
        assertThat(text(MANAGED, "X-API-Key", "omega-key-9", "X-End-User", "two words"))
                .isEqualTo("key ops");
    }

    private String text(String path, String... headers) throws Exception {
        HttpResponse<byte[]> answer = client.send("POST", path, headers);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
