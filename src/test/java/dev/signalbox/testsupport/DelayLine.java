package dev.signalbox.testsupport;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Carries bytes in order, each piece not before its time, so that a delay costs latency and not throughput.
 */
final class DelayLine {

    private final BlockingQueue<Parcel> parcels = new LinkedBlockingQueue<>(256);

    /** What is to happen to the receiver after everything that was sent. */
    enum Ending {
        FINISH,
        RESET,
        SILENCE
    }

    /** Sends after a delay; waits when the receiver is far behind. */
    void send(byte[] bytes, Duration delay) throws InterruptedException {
        parcels.put(new Bytes(bytes, System.nanoTime() + delay.toNanos()));
    }

    /** Says that nothing more will come. */
    void end(Ending ending) throws InterruptedException {
        parcels.put(new End(ending));
    }

    /** Delivers until the end, and says which one it is. */
    Ending deliver(OutputStream receiver) throws IOException, InterruptedException {
        while (true) {
            switch (parcels.take()) {
                case Bytes(byte[] bytes, long dueNanos) -> {
                    TimeUnit.NANOSECONDS.sleep(dueNanos - System.nanoTime());
                    receiver.write(bytes);
                }
                case End(Ending ending) -> {
                    return ending;
                }
            }
        }
    }

    private sealed interface Parcel {}

    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    private record Bytes(byte[] bytes, long dueNanos) implements Parcel {}

    private record End(Ending ending) implements Parcel {}
}
