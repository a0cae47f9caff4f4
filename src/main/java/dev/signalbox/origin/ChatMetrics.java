package dev.signalbox.origin;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;

/** Publishes what is asked of a model, and what it costs. */
@Singleton
final class ChatMetrics {

    private final ChatTally tally;
    private final MeterRegistry registry;

    ChatMetrics(ChatTally tally, MeterRegistry registry) {
        this.tally = tally;
        this.registry = registry;
    }

    @Startup
    void publish() {
        questions("answered", ChatTally::answers);
        questions("failed", ChatTally::failures);
        questions("not_asked", ChatTally::unasked);
        FunctionCounter.builder("signalbox.openai.second.attempts", tally, ChatTally::secondAttempts)
                .description("Questions that were sent once more")
                .register(registry);
        tokens("prompt", ChatTally::promptTokens);
        tokens("completion", ChatTally::completionTokens);
    }

    private void questions(String outcome, ToDoubleFunction<ChatTally> number) {
        FunctionCounter.builder("signalbox.openai.questions", tally, number)
                .description(
                        "Questions to the model by what became of them; not asked: it was left alone after failures")
                .tag("outcome", outcome)
                .register(registry);
    }

    private void tokens(String kind, ToDoubleFunction<ChatTally> number) {
        FunctionCounter.builder("signalbox.openai.tokens", tally, number)
                .description("Tokens as the API counts them")
                .tag("kind", kind)
                .register(registry);
    }
}
