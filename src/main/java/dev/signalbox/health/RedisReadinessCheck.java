package dev.signalbox.health;

import dev.signalbox.records.RecordsInspection;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisLink;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says how Redis is without depending on it: the platform asks during a deployment only, and a deployment must succeed
 * while Redis is away.
 */
@Readiness
@ApplicationScoped
class RedisReadinessCheck implements AsyncHealthCheck {

    private final RedisLink link;
    private final RecordsInspection records;
    private final HealthConfig config;

    RedisReadinessCheck(RedisLink link, RecordsInspection records, HealthConfig config) {
        this.link = link;
        this.records = records;
        this.config = config;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::check);
    }

    private HealthCheckResponse check() {
        LinkStatus status = link.status();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("redis")
                .status(status.readable() || !config.redisRequired())
                .withData("mode", ServiceMode.of(status, records.report()).text())
                .withData("since", status.since().toString());
        status.error().ifPresent(error -> response.withData("error", error));
        status.writesRefused().ifPresent(code -> response.withData("writes_refused", code));
        return response.build();
    }
}
