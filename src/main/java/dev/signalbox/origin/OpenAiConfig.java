package dev.signalbox.origin;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The model that writes, behind the API of OpenAI or of anything that speaks it. */
@ConfigMapping(prefix = "signalbox.openai")
public interface OpenAiConfig {

    /** Key of the API, {@code OPENAI_API_KEY}, blanks around it left out. Unset: nothing is asked, and what a model would write is made without one. */
    Optional<@WithConverter(CredentialText.class) String> apiKey();

    /** Base address of the API, {@code OPENAI_BASE_URL}: http or https, without a query; {@code /chat/completions} is below it. */
    @WithConverter(HttpAddress.class)
    @WithDefault("https://api.openai.com/v1")
    URI baseUrl();

    /** Name of the model, {@code OPENAI_MODEL}. Another one makes other threads: what was kept under the former is not used. */
    @WithDefault("gpt-4o-mini")
    String model();

    /** Time to connect, TLS included. Too short fails on a slow network; too long is time that is then missing for the answer. */
    @WithConverter(PositiveDuration.class)
    @WithDefault("5s")
    Duration connectTimeout();

    /**
     * Time for an answer, a second attempt and the pause before it included. Too short gives up on good answers that were paid
     * for; too long lets callers wait for what the service would have made without a model.
     */
    @WithConverter(PositiveDuration.class)
    @WithDefault("30s")
    Duration timeout();

    /** Largest answer that is read. Too small refuses good answers; too large lets one take this much memory twice. */
    @WithConverter(BodyLimit.class)
    @WithDefault("4M")
    MemorySize maxBodyBytes();

    /**
     * Failures in a row after which the API is left alone for a while, 1 to 10000. Too few let one bad minute cost many answers;
     * too many let every caller wait for an API that is gone.
     */
    @WithConverter(UpToTenThousand.class)
    @WithDefault("5")
    int failuresToPause();

    /** How long it is left alone. Then one request finds out for all whether it is back. */
    @WithConverter(PositiveDuration.class)
    @WithDefault("30s")
    Duration pause();
}
