package dev.signalbox.ratelimit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.http.Problem.FieldError;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.http.Requester.KeyHolder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What another service wants decided by our limiter.
 *
 * @param key whose limit it is, in the words of that service
 * @param claim the same in ours
 */
record LimitCheck(String key, Claim claim) {

    private static final int MOST = 1_000;

    /** Whoever gets so many looks for one mistake, not for each of them. */
    private static final int MOST_ERRORS = 100;

    /**
     * Reads a body.
     *
     * @param asking whose keys they are: two holders never share a limit
     * @throws ProblemException 400 for what is no list, 422 that names the fields that are not valid, if not too many
     */
    static List<LimitCheck> read(@Nullable JsonNode body, KeyHolder asking) {
        if (body == null || !body.isArray() || body.isEmpty() || body.size() > MOST) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "The body must be a list of 1 to " + MOST + " checks: send"
                            + " [{\"key\":\"user-1\",\"limit\":100,\"window_seconds\":3600}] for instance.");
        }
        List<FieldError> errors = new ArrayList<>();
        List<LimitCheck> checks = new ArrayList<>();
        for (int index = 0; index < body.size() && errors.size() < MOST_ERRORS; index++) {
            new LimitCheckReader(body.get(index), "[" + index + "]", errors)
                    .read(asking)
                    .ifPresent(checks::add);
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors.subList(0, Math.min(MOST_ERRORS, errors.size())));
        }
        return checks;
    }
}
