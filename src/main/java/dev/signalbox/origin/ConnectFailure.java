package dev.signalbox.origin;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Says in words why there is no connection. */
final class ConnectFailure {

    private ConnectFailure() {}

    static OriginFailure of(Throwable cause, URI uri, Duration connectTimeout) {
        return switch (cause) {
            case ConnectTimeoutException _ ->
                new OriginFailure.Unreachable(
                        uri,
                        "did not accept a connection within " + connectTimeout.toMillis() + " ms",
                        "Look whether the address is right and a firewall is in between");
            case ConnectException _ ->
                new OriginFailure.Unreachable(
                        uri, "refused the connection", "Look whether the port is right and the server is running");
            case UnknownHostException _ ->
                new OriginFailure.Unreachable(
                        uri, "has a host name that cannot be found", "Look at the spelling and at the name server");
            case SSLException untrusted ->
                new OriginFailure.Unreachable(
                        uri,
                        "could not be trusted",
                        "TLS failed: " + untrusted.getMessage() + "; look at its certificate and host name");
            default ->
                new OriginFailure.Unreachable(
                        uri,
                        "could not be connected to",
                        "The cause is " + cause.getClass().getSimpleName());
        };
    }
}
