package dev.signalbox.testsupport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A TCP proxy on a port of its own that behaves like a network on a bad day. Harmless until told otherwise; the faults
 * are switched at run time, from any thread, and hold for open connections too.
 *
 * <p>A connection that has lost bytes to a fault never delivers any more: no real network cuts a piece out of the middle
 * of a stream. When the server refuses, a client sees its connection accepted and then reset.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int CONNECT_LIMIT_MS = 10_000;

    private final InetSocketAddress target;
    private final FaultSwitch faults = new FaultSwitch();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
    private final Door door = new Door(client -> tasks.execute(() -> connect(client)));

    private FaultProxy(InetSocketAddress target) {
        this.target = target;
    }

    /** A proxy in front of a server that need not run yet. */
    public static FaultProxy before(RedisServer redis) {
        return before(redis.host(), redis.port());
    }

    /** A proxy in front of a port. */
    public static FaultProxy before(String host, int port) {
        return new FaultProxy(new InetSocketAddress(host, port));
    }

    /** The port on 127.0.0.1, the same for life. */
    public int port() {
        return door.port();
    }

    /** Clients that have a connection open at this moment. */
    public int connections() {
        return Math.toIntExact(
                connections.stream().filter(ProxiedConnection::isOpen).count());
    }

    /** Lets everything through at once. */
    public void pass() {
        turnTo(new Fault.None());
    }

    /** Lets everything through, so much later in each direction. */
    public void delay(Duration eachDirection) {
        turnTo(new Fault.Delay(eachDirection));
    }

    /** Holds everything up and loses nothing: what was sent meanwhile arrives when this ends. */
    public void stall() {
        turnTo(new Fault.Stall());
    }

    /** Accepts, swallows what both sides send, answers nothing and closes nothing. */
    public void blackHole() {
        turnTo(new Fault.BlackHole());
    }

    /** As {@link #blackHole}, for the one connection that the server knows by this port; false if there is none. */
    public boolean blackHole(int portSeenByServer) {
        return connections.stream()
                .filter(connection -> connection.isFrom(portSeenByServer))
                .peek(ProxiedConnection::silence)
                .findAny()
                .isPresent();
    }

    /** Delivers requests, which are executed, and swallows the replies. */
    public void swallowReplies() {
        turnTo(new Fault.SwallowedReplies());
    }

    /** Lets so many bytes of the next reply through and then resets that connection; all others go on. */
    public void resetNextReply(int afterBytes) {
        turnTo(new Fault.ResetMidReply(afterBytes, true));
    }

    /** Lets so many bytes of replies through on each connection and then resets it. */
    public void resetEveryReply(int afterBytes) {
        turnTo(new Fault.ResetMidReply(afterBytes, false));
    }

    /** Ends all connections; new ones are refused. */
    public void refuse() {
        turnTo(new Fault.Refused());
    }

    /** Ends all connections towards the server; the clients are told nothing, and new ones are taken and ignored. */
    public void halfOpen() {
        turnTo(new Fault.HalfOpen());
    }

    /** Resets all open connections, both sides, whatever the fault in force. */
    public void resetAll() {
        // Not those that come meanwhile.
        List.copyOf(connections).forEach(ProxiedConnection::reset);
    }

    @Override
    public void close() {
        refuse();
        tasks.shutdownNow();
        connections.forEach(ProxiedConnection::close);
    }

    private void turnTo(Fault fault) {
        faults.set(fault, () -> {
            if (fault instanceof Fault.Refused) {
                door.close();
                connections.forEach(ProxiedConnection::close);
            } else {
                door.open();
            }
            if (fault instanceof Fault.HalfOpen) {
                connections.forEach(ProxiedConnection::dropServer);
            }
        });
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        ProxiedConnection connection = new ProxiedConnection(client, server, faults);
        try {
            client.setTcpNoDelay(true);
            if (faults.current().reachesServer()) {
                server.connect(target, CONNECT_LIMIT_MS);
                server.setTcpNoDelay(true);
            }
            faults.with(fault -> admit(connection, fault));
        } catch (IOException refused) {
            connection.reset();
        }
    }

    private void admit(ProxiedConnection connection, Fault fault) {
        switch (fault) {
            case Fault.Refused _ -> connection.close();
            case Fault.HalfOpen _ -> {
                connection.dropServer();
                register(connection);
            }
            case Fault.None _, Fault.Delay _, Fault.Stall _, Fault.BlackHole _ -> register(connection);
            case Fault.SwallowedReplies _, Fault.ResetMidReply _ -> register(connection);
        }
    }

    private void register(ProxiedConnection connection) {
        connections.removeIf(ProxiedConnection::isOver);
        connections.add(connection);
        connection.start(tasks);
    }
}
