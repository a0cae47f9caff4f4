package dev.signalbox.origin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that says on the wire exactly what it is told to, right or wrong. */
public final class RawServer implements AutoCloseable {

    /** What is sent after each request head; the connection stays open unless it is closed here. */
    public interface Script {
        void play(Socket connection, OutputStream out) throws Exception;
    }

    private final ServerSocket listener;
    private final Script script;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<String> heads = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch left = new CountDownLatch(1);

    private RawServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
        threads.execute(this::accept);
    }

    public static RawServer playing(Script script) {
        return on("127.0.0.1", script);
    }

    public static RawServer saying(String head, byte[] body) {
        return playing((_, out) -> {
            out.write(head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        });
    }

    public static RawServer on(String address, Script script) {
        try {
            return new RawServer(new ServerSocket(0, 50, InetAddress.getByName(address)), script);
        } catch (IOException unbindable) {
            throw new UncheckedIOException(unbindable);
        }
    }

    static RawServer on(ServerSocket listener, Script script) {
        return new RawServer(listener, script);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public List<String> heads() {
        return List.copyOf(heads);
    }

    public int connections() {
        return connections.get();
    }

    /** Whether a client closed its end within five seconds. */
    public boolean wasLeft() throws InterruptedException {
        return left.await(5, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.incrementAndGet();
                threads.execute(() -> serve(connection));
            } catch (IOException closing) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            StringBuilder head = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                head.append(line).append('\n');
                if (line.isEmpty()) {
                    heads.add(head.toString());
                    head.setLength(0);
                    OutputStream out = connection.getOutputStream();
                    script.play(connection, out);
                    out.flush();
                }
            }
            left.countDown();
        } catch (Exception gone) {
            left.countDown();
        }
    }
}
