package dev.signalbox.admin;

import dev.signalbox.http.AdminKeyRequired;
import dev.signalbox.http.ClientAddress;
import dev.signalbox.http.Problem.FieldError;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.Requester;
import dev.signalbox.records.NotKnown;
import dev.signalbox.usage.UsageFigures;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How much the service is used by whom. */
@Path("/api/usage/caller")
@AdminKeyRequired
@Produces(MediaType.APPLICATION_JSON)
public class CallerUsageResource {

    private final UsageFigures usage;
    private final InstantSource clock;

    CallerUsageResource(UsageFigures usage, InstantSource clock) {
        this.usage = usage;
        this.clock = clock;
    }

    /** The threads of a key's holder, of an end user of a key's holder, or of an address without a key. */
    @GET
    public Uni<CallerUsage> usage(
            @QueryParam("api_key_name") @Nullable String keyName,
            @QueryParam("end_user") @Nullable String endUser,
            @QueryParam("ip") @Nullable String address) {
        return usage.of(requester(keyName, endUser, address).caller()).map(used -> {
            if (!used.isComplete()) {
                throw NotKnown.problem();
            }
            return CallerUsage.of(used, clock.instant());
        });
    }

    private static Requester requester(@Nullable String keyName, @Nullable String endUser, @Nullable String address) {
        if (keyName != null && address == null) {
            Requester.KeyHolder holder = read(
                    Requester.KeyHolder.named(keyName),
                    "api_key_name",
                    "must be the name of a key: 1 to 64 of letters, digits, _, ., @ and -");
            return endUser == null
                    ? holder
                    : read(
                            Requester.EndUser.named(holder, endUser),
                            "end_user",
                            "must be an e-mail address or an id, as in X-End-User");
        }
        if (address != null && keyName == null && endUser == null) {
            return new Requester.Address(read(ClientAddress.parse(address), "ip", "must be an IP address"));
        }
        throw invalid("api_key_name", "or ip must say of whom: send one of them, and end_user only with api_key_name");
    }

    private static <T> T read(Optional<T> read, String field, String expected) {
        return read.orElseThrow(() -> invalid(field, expected));
    }

    private static ProblemException invalid(String field, String detail) {
        return ProblemException.invalid(List.of(new FieldError(field, detail)));
    }
}
