package dev.signalbox.testsupport;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One socket that speaks RESP2 and nothing else, so that the product's client is never its own witness. For one thread.
 */
public final class RedisConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream replies;

    private RedisConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.replies = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Connects.
     *
     * @param timeout longest wait for the connection and for each piece of a reply
     */
    public static RedisConnection open(String host, int port, Duration timeout) {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
            socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            socket.setTcpNoDelay(true);
            return new RedisConnection(socket);
        } catch (IOException refused) {
            closeQuietly(socket);
            throw new UncheckedIOException(refused);
        }
    }

    /**
     * Sends a command and reads its reply.
     *
     * @throws RedisError if the server answers with an error
     * @throws UncheckedIOException if it does not answer
     */
    @CanIgnoreReturnValue
    public RedisReply command(String... words) {
        send(words);
        return read();
    }

    /** As {@link #command(String...)}, with binary arguments. */
    @CanIgnoreReturnValue
    public RedisReply command(byte[]... words) {
        send(words);
        return read();
    }

    /** Sends a command without waiting for the reply: to pipeline, or to keep the server busy. */
    public void send(String... words) {
        byte[][] encoded = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            encoded[i] = words[i].getBytes(StandardCharsets.UTF_8);
        }
        send(encoded);
    }

    /** As {@link #send(String...)}, with binary arguments. */
    public void send(byte[]... words) {
        try {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(line("*" + words.length));
            for (byte[] word : words) {
                frame.write(line("$" + word.length));
                frame.write(word);
                frame.write(line(""));
            }
            socket.getOutputStream().write(frame.toByteArray());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Reads the next reply. */
    public RedisReply read() {
        try {
            RedisReply reply = parse();
            if (reply instanceof RedisReply.Fault(String message)) {
                throw new RedisError(message);
            }
            return reply;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private RedisReply parse() throws IOException {
        String head = readLine();
        String rest = head.substring(1);
        return switch (head.charAt(0)) {
            case '+' -> new RedisReply.Status(rest);
            case '-' -> new RedisReply.Fault(rest);
            case ':' -> new RedisReply.Int(Long.parseLong(rest));
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> array(Integer.parseInt(rest));
            default -> throw new IOException("not RESP2: " + head);
        };
    }

    private RedisReply bulk(int length) throws IOException {
        if (length < 0) {
            return new RedisReply.Nil();
        }
        byte[] value = replies.readNBytes(length);
        if (value.length < length) {
            throw new EOFException("closed inside a bulk string");
        }
        replies.skipNBytes(2);
        return new RedisReply.Bulk(value);
    }

    private RedisReply array(int length) throws IOException {
        if (length < 0) {
            return new RedisReply.Nil();
        }
        List<RedisReply> values = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            values.add(parse());
        }
        return new RedisReply.Array(values);
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = replies.read(); next != '\n'; next = replies.read()) {
            if (next < 0) {
                throw new EOFException("closed by the server");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        if (line.size() == 0) {
            throw new IOException("not RESP2: an empty line");
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static byte[] line(String text) {
        return (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Nothing is left to close.
        }
    }
}
