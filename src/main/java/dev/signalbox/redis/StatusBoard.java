package dev.signalbox.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** The status of the link, for any thread to read, and everybody who is told of its changes. One thread writes. */
final class StatusBoard {

    private static final Logger LOG = Logger.getLogger(StatusBoard.class);

    private final List<Consumer<LinkStatus>> listeners = new CopyOnWriteArrayList<>();
    private volatile LinkStatus status;

    StatusBoard(LinkStatus initial) {
        this.status = initial;
    }

    LinkStatus now() {
        return status;
    }

    void onChange(Consumer<LinkStatus> listener) {
        listeners.add(listener);
    }

    /** Replaces the status and tells the listeners, if it is another one. */
    void change(UnaryOperator<LinkStatus> change) {
        LinkStatus before = status;
        LinkStatus after = change.apply(before);
        if (!after.equals(before)) {
            status = after;
            listeners.forEach(listener -> tell(listener, after));
        }
    }

    /** Replaces the status for good, and tells nobody any more. */
    void end(LinkStatus last) {
        listeners.clear();
        status = last;
    }

    /** A listener's own fault must not keep the link from coming back. */
    private static void tell(Consumer<LinkStatus> listener, LinkStatus now) {
        try {
            listener.accept(now);
        } catch (RuntimeException fault) {
            LOG.errorf(fault, "[Redis] A listener failed at %s", now.state());
        }
    }
}
