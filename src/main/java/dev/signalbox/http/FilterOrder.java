package dev.signalbox.http;

/** The order in which a request passes the edge, written once. Smaller comes first. */
public final class FilterOrder {

    /** Request id, security headers and size of the body: for every route, also those below JAX-RS. */
    public static final int EDGE = Integer.MIN_VALUE + 1_000;

    /** Who is calling. Before limits: a refused credential never consumes anybody's. */
    public static final int AUTHENTICATION = 1_000;

    private FilterOrder() {}
}
