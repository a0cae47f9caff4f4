package dev.signalbox.models;

import dev.signalbox.origin.BodyLimit;
import dev.signalbox.origin.HttpAddress;
import dev.signalbox.origin.PositiveDuration;
import dev.signalbox.origin.UpToTenThousand;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where the catalogue comes from and what fetching it may cost. */
@ConfigMapping(prefix = "signalbox.models")
public interface ModelsConfig {

    /**
     * List of models in OpenAI's shape, {@code MODELS_URL}: http or https, also with a query. Used when {@code ORIGIN_URL} is
     * unset; it is one gateway, named by its host.
     */
    @WithConverter(HttpAddress.class)
    @WithDefault("https://openrouter.ai/api/v1/models")
    URI url();

    /**
     * Models to ask an origin that pages for at once, 1 to 10000. Small ones cost a round trip each; an origin may send fewer
     * than it was asked for.
     */
    @WithConverter(UpToTenThousand.class)
    @WithDefault("1000")
    int pageSize();

    /** Pages that a catalogue may have, 1 to 10000; one with more is refused as a whole. Too many let a broken origin go on. */
    @WithConverter(UpToTenThousand.class)
    @WithDefault("100")
    int maxPages();

    /**
     * Bytes that the models of a catalogue may have together. Too small refuses it; too large takes this much memory twice
     * while it is put together, and is not kept unless {@code signalbox.cache.categories.models.max-entry-bytes} allows it.
     */
    @WithConverter(BodyLimit.class)
    @WithDefault("32M")
    MemorySize maxBytes();

    /**
     * Time to fetch all pages, more than zero; each of them has {@code signalbox.origin.timeout}. Too short never gets a slow
     * catalogue; too long lets those who wait for it hang.
     */
    @WithConverter(PositiveDuration.class)
    @WithDefault("60s")
    Duration timeout();

    /**
     * Memory for catalogues that were read once so that questions can be answered from them. Too small reads one again for each
     * question.
     */
    @WithConverter(BodyLimit.class)
    @WithDefault("64M")
    MemorySize maxIndexBytes();

    /** Memory for answers to questions that are asked again. Too small makes and compresses them each time. */
    @WithConverter(BodyLimit.class)
    @WithDefault("8M")
    MemorySize maxAnswerBytes();
}
