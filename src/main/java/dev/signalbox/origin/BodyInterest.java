package dev.signalbox.origin;

import io.vertx.core.MultiMap;

/** Says from the head of an answer whether its body is of any use. Asked on an event loop: it must not block. */
@FunctionalInterface
public interface BodyInterest {

    /** Every body. */
    BodyInterest ALWAYS = (_, _) -> true;

    /** Whether to read the body. If not, the answer comes without it and its connection is closed. */
    boolean wantsBody(int status, MultiMap headers);
}
