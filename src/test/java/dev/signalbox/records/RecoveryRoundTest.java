package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.disk.TestDisks;
import dev.signalbox.records.RecordKey.Shape;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisCommand;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.RedisScript;
import dev.signalbox.redis.Reply;
import dev.signalbox.redis.ScriptArguments;
import dev.signalbox.redis.StreamFollower;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisServer;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rounds one by one, so that the link can change in the middle of one. */
class RecoveryRoundTest {

    private static final RecordKey COUNTER = RecordKey.of("ann", "counter", Shape.HASH);
    private static final String COUNTER_KEY = "signalbox:record:{ann}:counter";

    private final RedisServer redis = RedisServer.start();
    private final TestLinks links = new TestLinks(1);
    private final TestDisks disks = new TestDisks();
    private final RedisLink link = links.open(redis, Map.of("deadline", "1s", "heartbeat", "1h"));
    private final LateView view = new LateView(link);
    private final RecordsAssembly assembly = assembly();

    @AfterEach
    void end() {
        redis.close();
        links.close();
        disks.close();
    }

    @Test
    void whatIsLostInTheMiddleOfARoundIsSentAgainByTheNext() {
        redis.stop();
        RecordsReplica.wait(assembly.records().merge(Merge.of(COUNTER, "a", new Maximum(3))));
        redis.resume();
        TestLinks.await(link, LinkStatus::writable);
        round();
        round();
        assertThat(redis.command("HGET", COUNTER_KEY, "a").text()).isEqualTo("m3");
        LinkStatus before = link.status();
        loseTheCounter();

        view.late.set(before);
        assertThatThrownBy(this::round).hasMessageContaining("another one");
        round();

        assertThat(redis.command("HGET", COUNTER_KEY, "a").text()).isEqualTo("m3");
    }

    private void round() {
        RecordsReplica.wait(assembly.recovery().round());
    }

    private void loseTheCounter() {
        redis.command("DEL", COUNTER_KEY);
        redis.saveSnapshot();
        redis.kill();
        long epoch = link.status().epoch();
        TestLinks.await(link, status -> !status.readable());
        redis.restart();
        TestLinks.await(link, status -> status.writable() && status.epoch() > epoch);
    }

    private RecordsAssembly assembly() {
        SplittableRandom random = new SplittableRandom();
        return new RecordsAssembly(
                view,
                new KeySpace(RecordsReplica.PREFIX),
                links.wholenessOf(link),
                disks.inMemory(),
                new HybridClock(RecordsReplica::micros, random.nextLong()),
                Clock.systemUTC(),
                Ticker.systemTicker(),
                random);
    }

    /** A link whose status is once that of an earlier time: read just before it changed. */
    private static final class LateView implements RedisLink {

        private final RedisLink link;
        private final AtomicReference<@Nullable LinkStatus> late = new AtomicReference<>();

        LateView(RedisLink link) {
            this.link = link;
        }

        @Override
        public LinkStatus status() {
            LinkStatus earlier = late.getAndSet(null);
            return earlier == null ? link.status() : earlier;
        }

        @Override
        public Uni<Reply> send(RedisCommand command) {
            return link.send(command);
        }

        @Override
        public Uni<Reply> run(RedisScript script, List<String> keys, ScriptArguments arguments) {
            return link.run(script, keys, arguments);
        }

        @Override
        public void follow(StreamFollower follower) {
            link.follow(follower);
        }

        @Override
        public void onChange(Consumer<LinkStatus> listener) {
            link.onChange(listener);
        }
    }
}
