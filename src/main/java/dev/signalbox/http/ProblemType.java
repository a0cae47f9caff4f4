package dev.signalbox.http;

import java.util.Locale;

/** The kinds of problem that an answer can report. Titles and URIs never change; what happened is in the detail. */
public enum ProblemType {
    /** The request could not be read. */
    BAD_REQUEST(400, "The request could not be read"),
    /** No credential, or one that is not known. */
    UNAUTHORIZED(401, "A valid API key is required"),
    /** A known credential that may not do this. */
    FORBIDDEN(403, "This is not allowed"),
    /** Nothing is here. */
    NOT_FOUND(404, "Not found"),
    /** The path exists, the method does not. */
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    /** No representation that the client accepts. */
    NOT_ACCEPTABLE(406, "Not acceptable"),
    /** The body is larger than the service reads. */
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    /** The body is of a media type that the path does not read. */
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    /** The body was read, and fields of it are not valid. */
    INVALID_FIELDS(422, "Fields are not valid"),
    /** A fault of ours. */
    INTERNAL(500, "Internal error"),
    /** The origin answered nothing that could be used. */
    UPSTREAM_FAILED(502, "The origin failed"),
    /** For a while, the service cannot do this. */
    UNAVAILABLE(503, "Temporarily unavailable"),
    /** The origin did not answer in time. */
    UPSTREAM_TIMEOUT(504, "The origin did not answer in time");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** The same sentence for every problem of this type. */
    public String title() {
        return title;
    }

    /**
     * Names the type (RFC 9457 §3.1.1). A URN, because the service runs under many host names and a relative URI would be
     * another type under each.
     */
    public String uri() {
        return "urn:signalbox:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
