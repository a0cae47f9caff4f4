package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowedStreamTest {

    private static final Reply NOTHING_NEW = new Reply(null);

    private final RecordingFollower follower = RecordingFollower.of("log");
    private final FollowedStream stream = new FollowedStream(follower);
    private final LogLines logged = new LogLines(FollowedStream.class);

    @AfterEach
    void stopListening() {
        logged.close();
    }

    @Test
    void lossIsHeardByTheFollowerAtOnceAndToldOnceWhileTheLinkStays() {
        stream.interrupt("silence");
        assertThat(follower.interruptions()).containsExactly("silence");
        assertThat(logged.lines()).isEmpty();

        stream.tellLoss();
        stream.interrupt("refused");
        stream.tellLoss();
        stream.deliver(NOTHING_NEW);

        assertThat(follower.interruptions()).containsExactly("silence");
        assertThat(logged.lines())
                .containsExactly("WARN [Redis] Not following log: silence", "INFO [Redis] Following log again");
    }

    @Test
    void lossOfTheWholeLinkIsLeftToTheLinkToTell() {
        stream.interrupt("the link is away");
        stream.deliver(NOTHING_NEW);
        stream.tellLoss();

        assertThat(follower.interruptions()).containsExactly("the link is away");
        assertThat(logged.lines()).isEmpty();
    }
}
