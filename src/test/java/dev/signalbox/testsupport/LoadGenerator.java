package dev.signalbox.testsupport;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Workers that send requests one after the other until they are stopped, whatever happens to the service meanwhile.
 * Reports are for any thread, at any time.
 */
public final class LoadGenerator implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration BREATH_AFTER_FAILURE = Duration.ofMillis(5);

    private final LoadPlan plan;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<LoadSample> samples = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger lapBegin = new AtomicInteger();

    private LoadGenerator(LoadPlan plan) {
        this.plan = plan;
    }

    /** Begins to load. */
    public static LoadGenerator start(LoadPlan plan) {
        LoadGenerator load = new LoadGenerator(plan);
        for (int worker = 0; worker < plan.workers(); worker++) {
            int first = worker;
            load.workers.execute(() -> load.work(first));
        }
        return load;
    }

    /** Returns when so many more requests have ended from now on; within 60 s or it fails. */
    public void await(int requests) {
        int goal = ended.get() + requests;
        Eventually.until(requests + " more requests", LIMIT, () -> ended.get() >= goal);
    }

    /** Everything so far. */
    public LoadReport report() {
        return new LoadReport(List.copyOf(samples));
    }

    /** What ended since the previous lap: one for each fault that is switched on and off. */
    public LoadReport lap() {
        List<LoadSample> all = new ArrayList<>(samples);
        return new LoadReport(all.subList(lapBegin.getAndSet(all.size()), all.size()));
    }

    /** Lets the requests under way end, sends no more, and reports everything. */
    public LoadReport stop() {
        stopped.countDown();
        workers.close();
        return report();
    }

    /** Ends at once. */
    @Override
    public void close() {
        stopped.countDown();
        workers.shutdownNow();
        client.shutdownNow();
    }

    private void work(int first) {
        try {
            Duration pause = Duration.ZERO;
            for (int turn = first; !isStoppedWithin(pause); turn++) {
                LoadSample sample =
                        send(plan.requests().get(turn % plan.requests().size()));
                samples.add(sample);
                ended.incrementAndGet();
                pause = sample.status() == 0 ? plan.pause().plus(BREATH_AFTER_FAILURE) : plan.pause();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private LoadSample send(HttpRequest request) throws InterruptedException {
        long begun = System.nanoTime();
        try {
            HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
            String cache = answer.headers().firstValue("X-Cache").orElse("-");
            return new LoadSample(answer.statusCode(), micros(begun), cache, "");
        } catch (IOException failed) {
            return new LoadSample(0, micros(begun), "-", failed.toString());
        }
    }

    private boolean isStoppedWithin(Duration pause) throws InterruptedException {
        return stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static long micros(long begun) {
        return (System.nanoTime() - begun) / 1000;
    }
}
