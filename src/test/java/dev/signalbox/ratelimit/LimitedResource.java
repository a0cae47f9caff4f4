package dev.signalbox.ratelimit;

import dev.signalbox.http.ClientKeyRequired;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Routes that {@link LimitSetting} limits. In tests only. */
@Path("/limit-test")
@Singleton
@Produces(MediaType.TEXT_PLAIN)
public class LimitedResource {

    private final Queue<UniEmitter<? super String>> waiting = new ConcurrentLinkedQueue<>();

    /** Is limited by address. */
    @POST
    @Path("open")
    public Uni<String> open() {
        return done();
    }

    /** Is limited when it is read. */
    @GET
    @Path("reads")
    public Uni<String> read() {
        return done();
    }

    /** Is not limited when it is written. */
    @POST
    @Path("reads")
    public Uni<String> write() {
        return done();
    }

    /** Answers when {@link #letGo} is called. */
    @GET
    @Path("slow")
    public Uni<String> slow() {
        return Uni.createFrom().<String>emitter(waiting::add);
    }

    /** Has the same limit and answers at once. */
    @POST
    @Path("slow")
    public Uni<String> quick() {
        return done();
    }

    /** Has the same limit and fails. */
    @PATCH
    @Path("slow")
    public Uni<String> fail() {
        return Uni.createFrom().failure(new IllegalStateException("as it was asked to"));
    }

    /** Has a limit that only counts. */
    @POST
    @Path("shadowed")
    public Uni<String> shadowed() {
        return done();
    }

    /** Has other limits without than with a key: this one without. */
    @POST
    @Path("tiers/open")
    public Uni<String> stranger() {
        return done();
    }

    /** As {@link #stranger}, with a key. */
    @POST
    @Path("tiers/guarded")
    @ClientKeyRequired
    public Uni<String> customer() {
        return done();
    }

    /** Has two limits. */
    @POST
    @Path("two")
    public Uni<String> two() {
        return done();
    }

    /** Answers all that wait. */
    void letGo() {
        while (!waiting.isEmpty()) {
            waiting.remove().complete("done");
        }
    }

    /** Whether somebody waits. */
    boolean isWaitedFor() {
        return !waiting.isEmpty();
    }

    private static Uni<String> done() {
        return Uni.createFrom().item("done");
    }
}
