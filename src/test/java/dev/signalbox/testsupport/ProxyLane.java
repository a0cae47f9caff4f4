package dev.signalbox.testsupport;

import dev.signalbox.testsupport.DelayLine.Ending;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;

/**
 * One direction of a {@link ProxiedConnection}: a task that reads and a task that writes.
 *
 * <p>TCP never loses a piece out of the middle: a lane that has lost anything stays silent for the rest of its life.
 */
final class ProxyLane {

    private static final int CHUNK_BYTES = 16 * 1024;
    private static final int UNARMED = -1;

    private final Socket from;
    private final Socket to;
    private final boolean carriesReplies;
    private final FaultSwitch faults;
    private final DelayLine line = new DelayLine();
    private volatile boolean silent;
    private int bytesBeforeReset = UNARMED;

    ProxyLane(Socket from, Socket to, boolean carriesReplies, FaultSwitch faults) {
        this.from = from;
        this.to = to;
        this.carriesReplies = carriesReplies;
        this.faults = faults;
    }

    /** Carries nothing any more, not even the end of the connection. */
    void silence() {
        silent = true;
    }

    boolean isSilent() {
        return silent;
    }

    /** Reads until the sender ends or breaks, and hands on whatever the faults let through. */
    void read() {
        byte[] buffer = new byte[CHUNK_BYTES];
        try {
            InputStream in = from.getInputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                carry(Arrays.copyOf(buffer, length));
            }
            end(Ending.FINISH);
        } catch (IOException broken) {
            end(Ending.RESET);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes until the end of the lane, and says which one it is. */
    Ending write() {
        try {
            Ending ending = line.deliver(to.getOutputStream());
            if (ending == Ending.FINISH) {
                to.shutdownOutput();
            }
            return ending;
        } catch (IOException broken) {
            return silent ? Ending.SILENCE : Ending.RESET;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return Ending.SILENCE;
        }
    }

    private void carry(byte[] bytes) throws InterruptedException {
        Fault fault = faults.awaitMoving();
        if (!passes(fault)) {
            silent = true;
        } else if (carriesReplies && fault instanceof Fault.ResetMidReply reset) {
            carryTowardsReset(bytes, reset);
        } else {
            bytesBeforeReset = UNARMED;
            line.send(bytes, fault instanceof Fault.Delay(Duration each) ? each : Duration.ZERO);
        }
    }

    private void carryTowardsReset(byte[] bytes, Fault.ResetMidReply reset) throws InterruptedException {
        if (bytesBeforeReset == UNARMED) {
            bytesBeforeReset = reset.bytes();
        }
        if (bytes.length < bytesBeforeReset || !faults.use(reset)) {
            bytesBeforeReset -= bytes.length;
            line.send(bytes, Duration.ZERO);
        } else {
            line.send(Arrays.copyOf(bytes, bytesBeforeReset), Duration.ZERO);
            line.end(Ending.RESET);
            silent = true;
        }
    }

    private void end(Ending ending) {
        try {
            silent = !passes(faults.awaitMoving());
            line.end(silent ? Ending.SILENCE : ending);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean passes(Fault fault) {
        return !silent
                && switch (fault) {
                    case Fault.None _ -> true;
                    case Fault.Delay _ -> true;
                    case Fault.Stall _ -> true;
                    case Fault.ResetMidReply _ -> true;
                    case Fault.SwallowedReplies _ -> !carriesReplies;
                    case Fault.BlackHole _ -> false;
                    case Fault.HalfOpen _ -> false;
                    case Fault.Refused _ -> false;
                };
    }
}
