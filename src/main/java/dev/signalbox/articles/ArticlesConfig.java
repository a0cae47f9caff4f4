package dev.signalbox.articles;

import dev.signalbox.http.UpToOneHundred;
import dev.signalbox.origin.BodyLimit;
import dev.signalbox.origin.PositiveDuration;
import dev.signalbox.origin.UpToTenThousand;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which articles are read for people who name them, and how long we put up with the sites they are on. */
@ConfigMapping(prefix = "signalbox.articles")
public interface ArticlesConfig {

    /**
     * Hosts whose articles may be read, comma-separated, {@code ALLOWED_DOMAINS}: each a host name, {@code *.} before a host
     * name for every host below it at any depth (and not that host itself), or an IP address. A {@code *} anywhere else
     * stops the start. Every hop of a redirect must lead to one of them. Too few refuse what people want to read; each
     * wildcard trusts everyone who can get a name below it not to use us against others.
     */
    @WithDefault("medium.com,*.medium.com,dev.to,substack.com,*.substack.com,wordpress.com,*.wordpress.com,"
            + "github.com,*.github.com,*.blog,linkedin.com,*.linkedin.com,twitter.com,*.twitter.com,x.com,*.x.com")
    List<@WithConverter(AllowedHostText.class) String> allowedDomains();

    /**
     * Ports that articles may be read from, comma-separated, 1 to 65535. Others are where databases and consoles listen: each
     * one more lets whoever controls an allowed name have us talk to such.
     */
    @WithDefault("80,443")
    List<@WithConverter(PortNumber.class) Integer> ports();

    /**
     * IP addresses and ranges, comma-separated ({@code 10.1.2.3,fd00::/8}), that articles may be read from although they are
     * not public, for blogs of one's own network. Unset: none, which is right wherever all articles are on the internet. A
     * range that holds anything but blogs lets whoever controls an allowed name have us talk to what else is in it.
     */
    Optional<List<@WithConverter(AddressRangeText.class) String>> trustedAddresses();

    /**
     * Time to read one article from looking up its host to the last byte, redirects included, more than zero. Too short gives
     * up on slow sites; too long lets callers hang on one that is frozen.
     */
    @WithConverter(PositiveDuration.class)
    @WithDefault("10s")
    Duration timeout();

    /**
     * Time to connect to one address of a host, TLS included, more than zero. Too short fails on far sites; too long leaves no
     * time for the next address.
     */
    @WithConverter(PositiveDuration.class)
    @WithDefault("3s")
    Duration connectTimeout();

    /**
     * Largest page that is read, before and after decompression. Too small refuses good articles; too large lets each request
     * take this much memory twice.
     */
    @WithConverter(BodyLimit.class)
    @WithDefault("2M")
    MemorySize maxBodyBytes();

    /**
     * Redirects that are followed from one address, 0 to 100. Too few lose articles behind short links and sign-in pages; many
     * only feed loops.
     */
    @WithConverter(UpToOneHundred.class)
    @WithDefault("5")
    int maxRedirects();

    /**
     * Articles that are read at once, 1 to 10000, half of them of one host at most; whoever comes on top of them is told to come
     * back. Too few refuse people; each one may take twice {@code max-body-bytes} of memory.
     */
    @WithConverter(UpToTenThousand.class)
    @WithDefault("32")
    int maxAtOnce();

    /**
     * How we introduce ourselves to the sites, 1 to 200 printable ASCII characters. Sites may ask us to stay away by it; one
     * that pretends to be a browser takes that from them.
     */
    @WithConverter(UserAgentText.class)
    @WithDefault("Signalbox (article reader)")
    String userAgent();
}
