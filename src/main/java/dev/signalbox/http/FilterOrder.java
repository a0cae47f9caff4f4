package dev.signalbox.http;

import jakarta.ws.rs.Priorities;

/**
 * The order in which a request passes the edge: authentication, then limits, then work, so that a refused credential
 * never consumes anybody's limit.
 *
 * <p>First come handlers on the Vert.x router, which every request passes, also below {@code /q}. Then come JAX-RS
 * filters, which only requests for a resource pass. In both the smaller number comes first.
 */
public final class FilterOrder {

    /** The request id. Before everything that may answer, log or fail. */
    static final int REQUEST_ID = Integer.MIN_VALUE + 1_000;

    /** The security headers. Before everything that may answer. */
    static final int SECURITY_HEADERS = REQUEST_ID + 10;

    /** Cross-origin requests. Before everything that may refuse: a browser must be able to read the refusal. */
    static final int CROSS_ORIGIN = SECURITY_HEADERS + 10;

    /** What a path supports. A preflight is answered before. */
    static final int OPTIONS = CROSS_ORIGIN + 10;

    /** The size of the body. Last, because it is the first that may refuse. */
    static final int BODY_LIMIT = OPTIONS + 10;

    /** Problems for failures that no resource has seen. Any place will do: Vert.x starts anew when a request fails. */
    static final int FAILURE = BODY_LIMIT + 10;

    /** Who is calling. */
    public static final int AUTHENTICATION = Priorities.AUTHENTICATION;

    /** Whether the caller may do this now. */
    public static final int LIMITS = AUTHENTICATION + 10;

    private FilterOrder() {}
}
