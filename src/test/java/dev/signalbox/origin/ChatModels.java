package dev.signalbox.origin;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Models for tests of those who ask them. */
public final class ChatModels {

    private ChatModels() {}

    /** A model that is never left alone, behind a server of the test's. */
    public static ChatModel of(Vertx vertx, OpenAiConfig config) {
        return new ChatModel(
                vertx,
                config,
                new ChatTally(),
                InstantSource.system(),
                Ticker.systemTicker(),
                RandomGenerator.of("L64X128MixRandom"));
    }
}
