package dev.signalbox.origin;

import com.github.benmanes.caffeine.cache.Ticker;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.PoolOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A model that answers questions over OpenAI's API of chat completions.
 *
 * <p>Refused for the moment (429) or failing (5xx, no connection), it is asked once more, after the pause that it asks for, ten
 * seconds at most, and within the same deadline. After several failures in a row that are not
 * the question's own it is left alone for a while.
 *
 * <p>Safe on every thread; answers arrive on the Vert.x context of the subscriber.
 */
@ApplicationScoped
public class ChatModel {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);

    /** Each waits for a model that writes; more at once is more than one replica's callers want. */
    private static final int CONNECTIONS = 64;

    /** Of the pause: those who were refused together do not come back together. */
    private static final double JITTER = 0.5;

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int UNPROCESSABLE = 422;

    private final Vertx vertx;
    private final OpenAiConfig config;
    private final InstantSource clock;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final HttpClient client;
    private final URI completions;
    private final Circuit circuit;
    private final ServerHealth health;
    private final ChatTally tally;

    /** Whether the model has refused the older name of a parameter. */
    private volatile boolean isNewer;

    /** Connects to nothing yet. */
    public ChatModel(
            Vertx vertx,
            OpenAiConfig config,
            ChatTally tally,
            InstantSource clock,
            Ticker ticker,
            RandomGenerator random) {
        this.vertx = vertx;
        this.config = config;
        this.clock = clock;
        this.ticker = ticker;
        this.random = random;
        this.tally = tally;
        this.client = vertx.createHttpClient(
                bounds(config, config.timeout()).options(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        this.completions = completions(config.baseUrl());
        this.circuit = new Circuit(config.failuresToPause(), config.pause(), ticker);
        this.health = new ServerHealth("OpenAI", clock);
    }

    private static URI completions(URI base) {
        String address = base.toString();
        return URI.create(address + (address.endsWith("/") ? "" : "/") + "chat/completions");
    }

    /** Whether there is anything to ask. */
    public boolean isConfigured() {
        return config.apiKey().isPresent();
    }

    /** The name of the model. */
    public String name() {
        return config.model();
    }

    /** Where it is asked. Another address is another model, also under the same name. */
    public URI address() {
        return completions;
    }

    /** What is known of the API, without asking it. */
    public OriginState state() {
        return health.state();
    }

    /**
     * Asks the model. Cancelling closes the connection.
     *
     * @return whatever the model has answered, complete or not; fails with {@link OriginFailure} and nothing else
     */
    public Uni<ChatAnswer> ask(ChatRequest request) {
        return Uni.createFrom().deferred(() -> {
            if (!circuit.admits()) {
                tally.notAsked();
                return Uni.createFrom().failure(new OriginFailure.LeftAlone(completions, config.pause()));
            }
            return answered(new Asked(request, ticker.read()));
        });
    }

    /** A question under way. */
    private record Asked(ChatRequest request, long atNanos) {}

    private Uni<ChatAnswer> answered(Asked question) {
        return attempt(question)
                .chain(first -> isWorthAnother(first) ? again(question, first) : first.outcome())
                .map(response -> ChatJson.answer(completions, response.body()))
                .invoke(answer -> succeeded(question, answer))
                .onFailure(OriginFailure.class)
                .invoke(failure -> failed(question, failure));
    }

    /** What came of one attempt. */
    private sealed interface Attempt {

        /** The answer, if its status says yes. */
        Uni<OriginResponse> outcome();

        record Answered(OriginResponse response) implements Attempt {

            boolean isSuccess() {
                return response.status() >= 200 && response.status() <= 299;
            }

            @Override
            public Uni<OriginResponse> outcome() {
                return isSuccess()
                        ? Uni.createFrom().item(response)
                        : Uni.createFrom()
                                .failure(new OriginFailure.BadAnswer(
                                        response.asked(), response.status(), ChatJson.causes(response.body())));
            }
        }

        record Failed(OriginFailure failure) implements Attempt {

            @Override
            public Uni<OriginResponse> outcome() {
                return Uni.createFrom().failure(failure);
            }
        }
    }

    /** One attempt, repeated at once if all that is wrong is how a newer model wants to be asked. */
    private Uni<Attempt> attempt(Asked question) {
        boolean newer = isNewer;
        return send(question, newer).chain(attempt -> {
            if (!newer && isAboutMaxTokens(attempt)) {
                isNewer = true;
                return send(question, true);
            }
            return Uni.createFrom().item(attempt);
        });
    }

    private static boolean isAboutMaxTokens(Attempt attempt) {
        return attempt instanceof Attempt.Answered(OriginResponse refusal)
                && refusal.status() == BAD_REQUEST
                && ChatJson.isAboutMaxTokens(refusal.body());
    }

    private Uni<Attempt> send(Asked question, boolean newer) {
        Map<String, String> headers = Map.of(
                "Authorization", "Bearer " + config.apiKey().orElseThrow(),
                "Content-Type", "application/json",
                "Accept", "application/json");
        Buffer body = ChatJson.body(question.request, config.model(), newer);
        return Exchange.ask(vertx, client, bounds(config, left(question)), Question.post(completions, headers, body))
                .<Attempt>map(Attempt.Answered::new)
                .onFailure(OriginFailure.class)
                .recoverWithItem(Attempt.Failed::new);
    }

    private static boolean isWorthAnother(Attempt first) {
        return switch (first) {
            case Attempt.Answered(OriginResponse response) -> response.status() == 429 || response.status() >= 500;
            // Nothing was asked, so nothing is paid twice.
            case Attempt.Failed(OriginFailure failure) -> failure instanceof OriginFailure.Unreachable;
        };
    }

    private Uni<OriginResponse> again(Asked question, Attempt first) {
        Duration pause = pause(first);
        if (left(question).compareTo(pause) <= 0) {
            return first.outcome();
        }
        tally.askedAgain();
        return after(pause).chain(() -> attempt(question)).chain(Attempt::outcome);
    }

    private Duration pause(Attempt first) {
        Optional<Duration> wanted = first instanceof Attempt.Answered(OriginResponse response)
                ? RetryAfter.of(response.headers().get("Retry-After"), clock)
                : Optional.empty();
        Duration least =
                wanted.filter(wait -> wait.compareTo(SHORTEST_PAUSE) > 0).orElse(SHORTEST_PAUSE);
        Duration jittered = least.plusMillis((long) (least.toMillis() * JITTER * random.nextDouble()));
        return jittered.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : jittered;
    }

    private Uni<Void> after(Duration pause) {
        return Uni.createFrom().emitter(waiting -> {
            long timer = vertx.setTimer(Math.max(1, pause.toMillis()), due -> waiting.complete(null));
            waiting.onTermination(() -> vertx.cancelTimer(timer));
        });
    }

    private static ExchangeBounds bounds(OpenAiConfig config, Duration timeout) {
        return new ExchangeBounds(
                config.connectTimeout(),
                timeout.isPositive() ? timeout : SHORTEST_TIMEOUT,
                Math.toIntExact(config.maxBodyBytes().asLongValue()),
                "signalbox.openai");
    }

    private Duration left(Asked question) {
        return config.timeout().minusNanos(ticker.read() - question.atNanos);
    }

    private void succeeded(Asked question, ChatAnswer answer) {
        circuit.succeeded(question.atNanos);
        health.answered(OK);
        tally.answered(answer);
    }

    private void failed(Asked question, OriginFailure failure) {
        // What is wrong with one question says nothing about the next.
        if (isOfTheQuestion(failure)) {
            circuit.succeeded(question.atNanos);
        } else {
            circuit.failed(question.atNanos);
        }
        if (failure instanceof OriginFailure.BadAnswer no
                && (no.status() == UNAUTHORIZED || no.status() == FORBIDDEN)) {
            health.refused(no.getMessage());
        } else {
            health.failed(failure);
        }
        tally.failed();
    }

    private static boolean isOfTheQuestion(OriginFailure failure) {
        return failure instanceof OriginFailure.BadAnswer no
                && switch (no.status()) {
                    case BAD_REQUEST, CONTENT_TOO_LARGE, UNPROCESSABLE -> true;
                    default -> false;
                };
    }
}
