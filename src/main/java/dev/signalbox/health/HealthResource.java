package dev.signalbox.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.origin.ChatModel;
import dev.signalbox.origin.OriginHealth;
import dev.signalbox.origin.OriginState;
import dev.signalbox.records.RecordsInspection;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisLink;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code GET /health}: 200 while the service serves, with or without Redis. */
@Path("/health")
public class HealthResource {

    private final RedisLink link;
    private final RecordsInspection records;
    private final OriginHealth origin;
    private final ChatModel openai;
    private final HealthConfig config;
    private final InstantSource clock;

    HealthResource(
            RedisLink link,
            RecordsInspection records,
            OriginHealth origin,
            ChatModel openai,
            HealthConfig config,
            InstantSource clock) {
        this.link = link;
        this.records = records;
        this.origin = origin;
        this.openai = openai;
        this.config = config;
        this.clock = clock;
    }

    /** Says how the service works at this moment. */
    @GET
    @NonBlocking
    @Produces(MediaType.APPLICATION_JSON)
    public Health health() {
        LinkStatus status = link.status();
        ServiceMode mode = ServiceMode.of(status, records.report());
        return new Health(
                "healthy",
                clock.instant(),
                config.version(),
                config.environment(),
                mode,
                new Services(
                        mode.redis(),
                        status.writesRefused().orElse(null),
                        shown(origin.state()),
                        openai.isConfigured() ? shown(openai.state()) : "disabled"));
    }

    private static String shown(OriginState state) {
        return state.reachability().name().toLowerCase(Locale.ROOT);
    }

    /**
     * The answer.
     *
     * @param status {@code healthy} while the service answers at all
     */
    public record Health(
            String status,
            Instant timestamp,
            String version,
            String environment,
            ServiceMode mode,
            Services services) {}

    /**
     * What the service stands on.
     *
     * @param redisWritesRefused why Redis refuses writes; left out while it takes them
     * @param origin {@code unknown}, {@code reachable} or {@code unreachable}, as the last exchange told
     * @param openai the same of the model that writes, or {@code refused} where its API does not take the key; {@code disabled}
     *     without one
     */
    public record Services(
            String redis,

            @JsonProperty("redis_writes_refused") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String redisWritesRefused,

            String origin,
            String openai) {}
}
