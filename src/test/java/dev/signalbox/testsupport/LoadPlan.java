package dev.signalbox.testsupport;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What a {@link LoadGenerator} does.
 *
 * @param workers how many requests are under way at once
 * @param pause what each worker waits between two requests; zero for all the machine can do
 * @param requests what the workers send, in turn
 */
public record LoadPlan(int workers, Duration pause, List<HttpRequest> requests) {

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);

    /** Copies, and gives every request a time limit. */
    public LoadPlan {
        if (workers < 1 || requests.isEmpty()) {
            throw new IllegalArgumentException("no load without workers and requests");
        }
        requests = requests.stream().map(LoadPlan::limited).toList();
    }

    /** GETs of some addresses without a pause. */
    public static LoadPlan gets(int workers, URI... addresses) {
        return new LoadPlan(
                workers,
                Duration.ZERO,
                Arrays.stream(addresses)
                        .map(address -> HttpRequest.newBuilder(address).build())
                        .toList());
    }

    /** The same with a pause after each request. */
    public LoadPlan pausing(Duration each) {
        return new LoadPlan(workers, each, requests);
    }

    private static HttpRequest limited(HttpRequest request) {
        return request.timeout().isPresent()
                ? request
                : HttpRequest.newBuilder(request, (name, value) -> true)
                        .timeout(REQUEST_LIMIT)
                        .build();
    }
}
