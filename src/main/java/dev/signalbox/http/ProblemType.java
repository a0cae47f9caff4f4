package dev.signalbox.http;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of problem that an answer can report. Names and titles never change; what happened is in the detail. */
public enum ProblemType {
    /** The request could not be read. */
    BAD_REQUEST(400, "Bad request", "The request could not be read: check its path, query, headers and body."),
    /** No credential, or one that is not known. */
    UNAUTHORIZED(
            401,
            "Unauthorized",
            "API key required: send it as 'Authorization: Bearer <key>' or as 'X-API-Key: <key>'."),
    /** The caller has used up what is free. */
    PAYMENT_REQUIRED(402, "Payment required", "What is free is used up: pay for more, or wait for the next period."),
    /** A known credential that may not do this. */
    FORBIDDEN(403, "Forbidden", "This key may not do this."),
    /** Nothing is here. */
    NOT_FOUND(404, "Not found", "There is nothing at this path."),
    /** The path exists, the method does not. */
    METHOD_NOT_ALLOWED(
            405, "Method not allowed", "This path does not support the method: the Allow header lists those it does."),
    /** No representation that the client accepts. */
    NOT_ACCEPTABLE(
            406,
            "Not acceptable",
            "The answer has none of the media types in the Accept header: accept application/json."),
    /** The body is larger than the service reads. */
    PAYLOAD_TOO_LARGE(413, "Payload too large", "The body is larger than is accepted here."),
    /** The body is of a media type that the path does not read. */
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "Unsupported media type",
            "The body is of a media type that is not read here: send it with 'Content-Type: application/json'."),
    /** The body was read, and fields of it are not valid. */
    INVALID_FIELDS(422, "Invalid fields", "Fields of the request are not valid."),
    /** The caller has used up a limit (draft-ietf-httpapi-ratelimit-headers-11 §5.1). */
    RATE_LIMITED(
            429,
            "Too many requests",
            "A limit is used up: the Retry-After header says when to try again.",
            "https://iana.org/assignments/http-problem-types#quota-exceeded"),
    /** A fault of ours. */
    INTERNAL(500, "Internal error", "This failed by a fault of ours. The log knows it by the request_id."),
    /** The origin answered nothing that could be used. */
    UPSTREAM_FAILED(502, "Upstream failed", "A service that this answer depends on failed. Try again later."),
    /** For a while, the service cannot do this. */
    UNAVAILABLE(503, "Unavailable", "This is not possible at the moment. Try again later."),
    /** For a while, the service does less than its limits promise (draft-ietf-httpapi-ratelimit-headers-11 §5.2). */
    REDUCED_CAPACITY(
            503,
            "Reduced capacity",
            "Less is possible than usual: the Retry-After header says when to try again.",
            "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity"),
    /** The origin did not answer in time. */
    UPSTREAM_TIMEOUT(
            504, "Upstream timeout", "A service that this answer depends on did not answer in time. Try again later.");

    private final int status;
    private final String title;
    private final String sentence;
    private final String uri;

    /** A type of ours. */
    ProblemType(int status, String title, String sentence) {
        this(status, title, sentence, null);
    }

    /**
     * A type that a standard names.
     *
     * @param standard its URI, null if it is one of ours
     */
    ProblemType(int status, String title, String sentence, @Nullable String standard) {
        this.status = status;
        this.title = title;
        this.sentence = sentence;
        this.uri = standard == null ? urn(name()) : standard;
    }

    private static String urn(String name) {
        return "urn:signalbox:problem:" + name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The type of a refusal that has nothing but a status: the first of that status. Empty for what is no error. */
    static Optional<ProblemType> ofStatus(int status) {
        if (status < 400) {
            return Optional.empty();
        }
        return Stream.of(values())
                .filter(type -> type.status == status)
                .findFirst()
                .or(() -> Optional.of(status < 500 ? BAD_REQUEST : INTERNAL));
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** The same few words for every problem of this type. */
    public String title() {
        return title;
    }

    /** What HTTP wants beside the status. */
    Map<String, String> headers() {
        return switch (this) {
            case UNAUTHORIZED -> Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"signalbox\"");
            // The body is not going to be read, so the next request on the connection could not be found.
            case PAYLOAD_TOO_LARGE -> Map.of("Connection", "close");
            default -> Map.of();
        };
    }

    /** What to say where nothing better is known. */
    String sentence() {
        return sentence;
    }

    /**
     * Names the type (RFC 9457 §3.1.1). What a standard has named keeps that name, so that a client can act on it without
     * knowing us. Else a URN and not a path: the service runs under many host names, a relative URI would be another type
     * under each, and an absolute one would promise a page that somebody has to keep.
     */
    public String uri() {
        return uri;
    }
}
