import java.io.IOException;
import java.net.http.HttpResponse;

/** Every caller has used up its limit, and is told when to come again. */
final class Refused implements Expectation {

    private static final int TOO_MANY_REQUESTS = 429;

    @Override
    public void check(Target target, boolean warm) throws IOException, InterruptedException {
        for (int caller = 0; caller < target.different(); caller++) {
            if (!warm) {
                target.answer(caller);
            }
            HttpResponse<byte[]> answer = target.answer(caller);
            if (answer.statusCode() != TOO_MANY_REQUESTS
                    || answer.headers().firstValueAsLong("Retry-After").orElse(0) < 1) {
                throw new IllegalStateException("%s, caller %d: not refused: %d %s"
                        .formatted(target.name(), caller, answer.statusCode(), answer.headers()));
            }
        }
    }
}
