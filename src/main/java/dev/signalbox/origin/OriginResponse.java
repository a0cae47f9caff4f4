package dev.signalbox.origin;

import io.vertx.core.MultiMap;
import java.net.URI;

/**
 * A complete answer, its content coding undone. The body is shared and never written to.
 *
 * @param asked where it comes from
 * @param status HTTP status, of any class
 * @param headers as they were sent, names without regard to case; without Content-Encoding and Content-Length, which
 *     spoke of the body as it travelled
 * @param body the body; empty where there was none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity only
public record OriginResponse(URI asked, int status, MultiMap headers, byte[] body) {

    /**
     * This answer, if its status says yes.
     *
     * @throws OriginFailure.BadAnswer for any status but 2xx
     */
    public OriginResponse successful() {
        if (status < 200 || status > 299) {
            throw new OriginFailure.BadAnswer(asked, status);
        }
        return this;
    }
}
