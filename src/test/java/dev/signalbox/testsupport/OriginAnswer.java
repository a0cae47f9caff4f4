package dev.signalbox.testsupport;

import java.nio.charset.StandardCharsets;

/** What the {@link OriginServer} makes of a request. */
sealed interface OriginAnswer {

    /** A complete answer. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Complete(int status, String contentType, byte[] body) implements OriginAnswer {

        static Complete json(byte[] body) {
            return new Complete(200, "application/json", body);
        }

        static Complete problem(int status) {
            String body = "{\"detail\":\"origin answers " + status + "\"}";
            return new Complete(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Promises a length, sends half of it and closes the connection. */
    record BrokenOff(Complete promised) implements OriginAnswer {}
}
