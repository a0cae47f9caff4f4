package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisFailureTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OOM command not allowed when used memory > 'maxmemory'. | OOM
            READONLY You can't write against a read only replica. | READONLY
            NOSCRIPT No matching script. Please use EVAL. | NOSCRIPT
            NOAUTH Authentication required. | NOAUTH
            ERR unknown command `FOO`, with args beginning with: `BAR: BAZ `, | ERR
            MOVED 15891 127.0.0.1:7101 | MOVED
            LOADING | LOADING
            ERR Error running script (call to f_0a): @user_script:1: @user_script: 1: -OOM command not allowed when used memory > 'maxmemory'. | OOM
            ERR Error running script (call to f_0a): @user_script:17: @user_script: 17: -READONLY You can't write against a read only replica. | READONLY
            ERR Error running script (call to f_0a): @user_script:1: @user_script: 1: -MISCONF Errors writing to the AOF file: No space left on device | MISCONF
            ERR Error running script (call to f_0a): @user_script:1: -NOREPLICAS Not enough good replicas to write. | NOREPLICAS
            ERR Error running script (call to f_0a): @user_script:1: WRONGTYPE Operation against a key holding the wrong kind of value | WRONGTYPE
            ERR Error running script (call to f_0a): @user_script:1: user_script:1: attempt to perform arithmetic on a nil value | ERR
            OOM command not allowed when used memory > 'maxmemory'. script: 0a, on @user_script:1. | OOM
            """)
    void codeIsTheFirstWordOrThatOfTheCommandInTheScript(String message, String code) {
        RedisFailure.Rejected rejected = new RedisFailure.Rejected(message);

        assertThat(rejected.code()).isEqualTo(code);
        assertThat(rejected).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "OOM, OF_WRITES",
        "READONLY, OF_WRITES",
        "MISCONF, OF_WRITES",
        "NOREPLICAS, OF_WRITES",
        "LOADING, OF_EVERYTHING",
        "BUSY, OF_EVERYTHING",
        "NOAUTH, OF_EVERYTHING",
        "WRONGPASS, OF_EVERYTHING",
        "MASTERDOWN, OF_EVERYTHING",
        "CLUSTERDOWN, OF_EVERYTHING",
        "WRONGTYPE, OF_THE_COMMAND",
        "NOPERM, OF_THE_COMMAND",
        "NOSCRIPT, OF_THE_COMMAND",
        "ERR, OF_THE_COMMAND"
    })
    void codeTellsWhetherTheServerOrTheCommandIsMeant(String code, Refusal refusal) {
        assertThat(Refusal.by(new RedisFailure.Rejected(code + " text"))).isEqualTo(refusal);
    }

    @Test
    void onlyWhatWasSentMayHaveBeenExecuted() {
        assertThat(new RedisFailure.Unavailable("down").mayHaveBeenExecuted()).isFalse();
        assertThat(new RedisFailure.Rejected("OOM x").mayHaveBeenExecuted()).isFalse();
        assertThat(new RedisFailure.Overdue("GET", Duration.ofMillis(100)).mayHaveBeenExecuted())
                .isTrue();
        assertThat(new RedisFailure.Disconnected("reset", null).mayHaveBeenExecuted())
                .isTrue();
    }

    @Test
    void overdueSaysTheWordsThatOperatorsSearchFor() {
        assertThat(new RedisFailure.Overdue("GET", Duration.ofMillis(100)))
                .hasMessage("Redis operation timeout (GET had no reply within 100 ms)");
    }

    @Test
    void failuresCostNoStackTrace() {
        assertThat(new RedisFailure.Unavailable("down").getStackTrace()).isEmpty();
    }

    @Test
    void errorReplyOfTheClientIsARejection() {
        assertThat(RedisFailures.ofCommand(ErrorType.create("OOM full")))
                .isInstanceOf(RedisFailure.Rejected.class)
                .hasMessage("OOM full");
    }

    @Test
    void endOfTheConnectionInTheClientsWordsIsADisconnection() {
        assertThat(RedisFailures.ofCommand(ErrorType.create("CONNECTION_CLOSED")))
                .isInstanceOf(RedisFailure.Disconnected.class);
        assertThat(RedisFailures.ofCommand(ErrorType.create("ILLEGAL_STATE Unknown RESP type H")))
                .isInstanceOf(RedisFailure.Disconnected.class);
        assertThat(RedisFailures.ofCommand(new NoStackTraceThrowable("Connection is closed")))
                .isInstanceOf(RedisFailure.Disconnected.class);
        assertThat(RedisFailures.ofTransport(new IOException()))
                .isInstanceOf(RedisFailure.Disconnected.class)
                .hasMessage("IOException");
    }

    @Test
    void failureOfOursStaysWhatItIs() {
        RedisFailure ours = new RedisFailure.Unavailable("down");

        assertThat(RedisFailures.ofTransport(ours)).isSameAs(ours);
    }
}
