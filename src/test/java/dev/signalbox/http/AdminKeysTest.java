package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AdminKeysTest {

    private static final Pattern ANNOUNCEMENT =
            Pattern.compile("\\[Admin] ADMIN_API_KEYS is not set: .* with the key ([0-9a-f]{48})\\R");

    @Test
    void aKeyIsCalledByItsNameAndNeverLogged() {
        try (LogCapture log = new LogCapture()) {
            AdminKeys keys = keys(Map.of("signalbox.http.admin-api-keys", "ops:k1,k2"));

            assertThat(keys.authenticate(presenting("k1")).keyName()).isEqualTo("ops");
            assertThatThrownBy(() -> keys.authenticate(presenting("k3"))).hasMessage("This API key is not known.");
            assertThatThrownBy(() -> keys.authenticate(presenting(""))).hasMessageContaining("is empty");
            assertThat(log.text(Level.ALL)).isEmpty();
        }
    }

    @Test
    void withoutKeysOneIsMadeAndLoggedOnce() {
        try (LogCapture log = new LogCapture()) {
            AdminKeys keys = keys(Map.of());

            Matcher announced = ANNOUNCEMENT.matcher(log.text(Level.ALL));
            assertThat(announced.matches()).isTrue();
            assertThat(keys.authenticate(presenting(announced.group(1))).keyName())
                    .isEqualTo("random");
            assertThatThrownBy(() -> keys.authenticate(presenting("k1"))).hasMessage("This API key is not known.");
        }
    }

    @Test
    void withoutKeysProductionIsClosedAndSaysHowToOpenIt() {
        try (LogCapture log = new LogCapture()) {
            AdminKeys keys = keys(Map.of("signalbox.http.environment", "production"));

            assertThatThrownBy(() -> keys.authenticate(presenting("k1")))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("ADMIN_API_KEYS")
                    .extracting(problem -> ((ProblemException) problem).type())
                    .isEqualTo(ProblemType.UNAUTHORIZED);
            assertThat(log.text(Level.ALL)).isEmpty();
        }
    }

    private static AdminKeys keys(Map<String, String> properties) {
        return new AdminKeys(
                new SmallRyeConfigBuilder()
                        .withMapping(HttpConfig.class)
                        .withSources(new PropertiesConfigSource(properties, "test", 100))
                        .build()
                        .getConfigMapping(HttpConfig.class),
                new SplittableRandom(1));
    }

    private static ContainerRequestContext presenting(String key) {
        MultivaluedHashMap<String, String> headers = new MultivaluedHashMap<>(Map.of("X-API-Key", key));
        return (ContainerRequestContext) Proxy.newProxyInstance(
                AdminKeysTest.class.getClassLoader(),
                new Class<?>[] {ContainerRequestContext.class},
                (proxy, method, arguments) -> headers);
    }
}
