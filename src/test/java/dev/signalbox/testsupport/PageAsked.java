package dev.signalbox.testsupport;

/** The page of the catalogue that a request asks for by {@code offset} and {@code limit}. */
record PageAsked(int offset, int limit) {

    private static final int DEFAULT_LIMIT = 100;

    static PageAsked by(OriginRequest request, int largestLimit) {
        return new PageAsked(
                request.number("offset", 0), Math.min(largestLimit, request.number("limit", DEFAULT_LIMIT)));
    }

    /** Which page it is, counted from 1. */
    int number() {
        return offset / limit + 1;
    }
}
