package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.CachedAnswer.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator who looks for {@code [Models]} finds. */
class HitLogTest {

    private static final String LINE = "[Models] Returning cached models (687 models)";

    private final ModelsFixture fixture = new ModelsFixture();
    private final ModelsService service = fixture.onList();
    private final Logger logger = Logger.getLogger("dev.signalbox.models");
    private final List<String> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + String.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        // What an operator sees who has configured nothing; without an application, everything is logged.
        logger.setLevel(Level.INFO);
        logger.addHandler(handler);
    }

    @AfterEach
    void close() {
        logger.removeHandler(handler);
        logger.setLevel(null);
        fixture.close();
    }

    @Test
    void missIsSilentAndHitsAreSaidOnceASecond() {
        ask(Map.of());
        assertThat(lines).isEmpty();

        ask(Map.of());
        ask(Map.of("limit", "1"));
        ask(Map.of());
        assertThat(lines).containsExactly("INFO " + LINE);

        fixture.now.set(fixture.now.get().plusSeconds(1));
        ask(Map.of("search", "gpt"));
        ask(Map.of());
        assertThat(lines).containsExactly("INFO " + LINE, "INFO " + LINE);
    }

    @Test
    void everyHitIsSaidWhenTheCategoryLogsAtDebug() {
        logger.setLevel(Level.FINE);

        ask(Map.of());
        ask(Map.of());
        ask(Map.of());

        assertThat(lines).containsExactly("INFO " + LINE, "INFO " + LINE);
    }

    @Test
    void failureIsSaidOnceASecondWithItsAddressAndAdvice() {
        fixture.origin.failWith(500);

        for (int i = 0; i < 3; i++) {
            assertThat(ModelsFixture.await(service.list(ModelsQuery.read(_ -> null), false)
                            .map(answer -> "answer")
                            .onFailure()
                            .recoverWithItem("problem")))
                    .isEqualTo("problem");
        }

        assertThat(lines)
                .containsExactly("WARN [Models] Catalogue all not loaded: " + fixture.origin.modelsUri()
                        + " answered with status 500. Look at its log, and whether the address is right.");
    }

    private void ask(Map<String, String> parameters) {
        assertThat(fixture.list(service, parameters).source()).isIn(Source.LOADED, Source.L1);
    }
}
