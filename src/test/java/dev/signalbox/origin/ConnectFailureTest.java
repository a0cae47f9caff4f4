package dev.signalbox.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectFailureTest {

    @ParameterizedTest
    @MethodSource
    void causeIsSaidInWords(Throwable cause, String reason) {
        OriginFailure failure =
                ConnectFailure.of(cause, URI.create("https://api.example.com/v1"), Duration.ofMillis(250));

        assertThat(failure).isInstanceOf(OriginFailure.Unreachable.class);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure).hasMessageStartingWith("https://api.example.com/v1 " + reason + ". ");
    }

    static Stream<Arguments> causeIsSaidInWords() {
        return Stream.of(
                Arguments.of(new ConnectTimeoutException(), "did not accept a connection within 250 ms"),
                Arguments.of(new ConnectException(), "refused the connection"),
                Arguments.of(new UnknownHostException("api"), "has a host name that cannot be found"),
                Arguments.of(new SSLHandshakeException("unknown authority"), "could not be trusted"),
                Arguments.of(new SocketException("No route to host"), "could not be connected to"));
    }
}
