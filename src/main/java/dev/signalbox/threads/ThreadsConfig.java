package dev.signalbox.threads;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** How long posts, and the texts they are made of, may be. */
@ConfigMapping(prefix = "signalbox.threads")
public interface ThreadsConfig {

    /**
     * Unicode code points that a post may have, {@code MAX_TWEET_LENGTH}, its {@code 3/12 } prefix included; 40 to 100000.
     * Too small tears sentences apart; more than the network allows makes posts that nobody can publish. Another value
     * makes another thread of the same text: what was kept under the former one is not used.
     */
    @WithConverter(PostLength.class)
    @WithDefault("280")
    int maxTweetLength();

    /**
     * Unicode code points that a text may have, {@code MAX_CONTENT_LENGTH}; 1 to 10000000. A longer one is refused, because
     * nothing of a text may get lost; of a longer article the beginning is taken, and the answer says so. Too small refuses articles; a large one costs a worker thread about a second for each
     * million, and bodies beyond {@code quarkus.http.limits.max-body-size} are refused before they are read.
     */
    @WithConverter(TextLength.class)
    @WithDefault("10000")
    int maxContentLength();
}
