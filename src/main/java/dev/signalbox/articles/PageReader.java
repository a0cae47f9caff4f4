package dev.signalbox.articles;

import dev.signalbox.articles.text.Page;
import dev.signalbox.origin.ExchangeBounds;
import dev.signalbox.origin.OriginFailure;
import dev.signalbox.origin.OriginResponse;
import dev.signalbox.origin.PinnedClient;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches pages for people who may not be trusted, from sites that may not be trusted either. At each hop the address is
 * checked, its host is looked up once, all addresses found are checked, and one of them is connected to: what was checked is
 * what is asked, whatever the name server says a moment later.
 */
final class PageReader {

    /** Enough for a site with one address of each family, one of them dead. */
    private static final int MOST_ADDRESSES = 3;

    private final Vertx vertx;
    private final HostResolver resolver;
    private final AddressPolicy policy;
    private final PageAnswers answers;
    private final PinnedClient client;
    private final Duration timeout;
    private final int mostRedirects;
    private final Map<String, String> headers;

    /** How far one reading has come, for whoever gives it up. */
    private static final class Way {

        private volatile Optional<Hop> lookedUp = Optional.empty();
    }

    PageReader(Vertx vertx, HostResolver resolver, ArticlesConfig config, AddressPolicy policy, InstantSource clock) {
        this.vertx = vertx;
        this.resolver = resolver;
        this.policy = policy;
        this.answers = new PageAnswers(clock);
        this.timeout = config.timeout();
        this.mostRedirects = config.maxRedirects();
        this.client = new PinnedClient(
                vertx,
                new ExchangeBounds(
                        config.connectTimeout(),
                        timeout,
                        Math.toIntExact(config.maxBodyBytes().asLongValue()),
                        "signalbox.articles"));
        this.headers = Map.of(
                "User-Agent", config.userAgent(),
                "Accept", "text/html, application/xhtml+xml",
                "Accept-Language", "en, *;q=0.5");
    }

    /** Arrives on the Vert.x context of the subscriber; fails with a problem. Cancelling closes the connection. */
    Uni<Page> read(HttpUrl url) {
        return Uni.createFrom().deferred(() -> {
            Context caller = vertx.getOrCreateContext();
            Way way = new Way();
            return reach(Hop.first(url), way)
                    .ifNoItem()
                    .after(timeout)
                    .failWith(() -> way.lookedUp
                            .map(hop -> Refusals.lookupLate(hop, timeout))
                            .orElseGet(() -> Refusals.late(url, timeout)))
                    .emitOn(task -> caller.runOnContext(_ -> task.run()));
        });
    }

    private Uni<Page> reach(Hop hop, Way way) {
        return Uni.createFrom().deferred(() -> {
            policy.check(hop);
            return addresses(hop, way)
                    .invoke(found -> policy.check(hop, found))
                    .chain(found -> ask(hop, found, 0))
                    .map(response -> answers.read(hop, response))
                    .chain(answer -> switch (answer) {
                        case PageAnswer.Content(Page page) -> Uni.createFrom().item(page);
                        case PageAnswer.Moved(HttpUrl to) -> follow(hop, to, way);
                    });
        });
    }

    private Uni<Page> follow(Hop hop, HttpUrl to, Way way) {
        return hop.redirects() == mostRedirects
                ? Uni.createFrom().failure(Refusals.tooManyRedirects(hop))
                : reach(hop.redirectedTo(to), way);
    }

    private Uni<List<InetAddress>> addresses(Hop hop, Way way) {
        WebHost host = hop.url().host();
        return host.literal()
                .map(address -> Uni.createFrom().item(List.of(address)))
                .orElseGet(() -> {
                    way.lookedUp = Optional.of(hop);
                    return resolver.resolve(host.text())
                            .invoke(_ -> way.lookedUp = Optional.empty())
                            .onFailure(UnknownHostException.class)
                            .transform(_ -> Refusals.unknownHost(hop))
                            .onFailure(LookupFailure.class)
                            .transform(failure -> Refusals.of(hop, failure));
                });
    }

    /** Where one address does not let us connect, the next may. */
    private Uni<OriginResponse> ask(Hop hop, List<InetAddress> addresses, int tried) {
        InetSocketAddress server =
                new InetSocketAddress(addresses.get(tried), hop.url().port());
        Uni<OriginResponse> answer = client.get(hop.url().uri(), server, headers, PageAnswers::wantsBody);
        int next = tried + 1;
        Uni<OriginResponse> atLast = next < Math.min(addresses.size(), MOST_ADDRESSES)
                ? answer.onFailure(OriginFailure.Unreachable.class).recoverWithUni(() -> ask(hop, addresses, next))
                : answer;
        return atLast.onFailure(OriginFailure.class).transform(failure -> Refusals.of(hop, failure));
    }
}
