package dev.signalbox.http;

import org.jspecify.annotations.Nullable;

/**
 * A body that is ready to be sent, in each encoding that is kept of it. The arrays are shared, never copied and never
 * written to.
 *
 * @param status HTTP status
 * @param contentType media type with its parameters
 * @param etag opaque part of the entity tag of the identity encoding, without quotes (RFC 9110 §8.8.3)
 * @param identity the body as it is
 * @param gzip the body compressed, or null where that is not worth it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity only, and copying would cost what the cache saves
public record Representation(int status, String contentType, String etag, byte[] identity, byte @Nullable [] gzip) {}
