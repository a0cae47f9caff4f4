package dev.signalbox.articles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.signalbox.articles.text.Page;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.origin.RawServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Server-side request forgery (seed 2's T-5), with a trap that listens at every address of this machine: whoever gets past
 * the guard is seen to connect. Hosts and ports are always allowed here, so that nothing but the guard of addresses stands in
 * between; one address belongs to an honest site, from which redirects lead to the bad ones.
 */
class ForbiddenAddressesTest {

    /** {@code P} is the port of the trap. */
    static final List<String> FORBIDDEN = List.of(
            "http://127.0.0.1:P/",
            "http://127.0.0.2:P/",
            "http://127.1.2.3:P/admin",
            "http://127.255.255.254:P/",
            "http://127.0.0.1.:P/",
            "http://127.1:P/",
            "http://127.0.1:P/",
            "http://2130706433:P/",
            "http://0x7f000001:P/",
            "http://0X7F.0.0.1:P/",
            "http://0x7f.1:P/",
            "http://017700000001:P/",
            "http://0177.0.0.1:P/",
            "http://00000177.0x0.00.0x1:P/",
            "http://0:P/",
            "http://0.0.0.0:P/",
            "http://0x0:P/",
            "http://1:P/",
            "http://１２７.０.０.１:P/",
            "http://127。0。0。1:P/",
            "http://①②⑦.0.0.1:P/",
            "http://%31%32%37.0.0.1:P/",
            "http://127%2E0%2E0%2E1:P/",
            "http:127.0.0.1:P/",
            "http:/127.0.0.1:P/",
            "http:////127.0.0.1:P/",
            "http:\\\\127.0.0.1:P\\",
            "http:/\\127.0.0.1:P/",
            "HTTP://127.0.0.1:P/",
            " \thttp://127.0.0.1:P/ ",
            "ht\ntp://127.0.0\t.1:P/",
            "https://127.0.0.1:P/",
            "http://127.0.0.1:P/?url=https://dev.to/",
            "http://127.0.0.1:P/#@dev.to/",
            "http://127.0.0.1:P\\@dev.to/",
            "http://127.0.0.1:P?@dev.to/",
            "http://127.0.0.1:000P/",
            "http://[::1]:P/",
            "http://[0:0:0:0:0:0:0:1]:P/",
            "http://[0000::0001]:P/",
            "http://[::]:P/",
            "http://[::ffff:127.0.0.1]:P/",
            "http://[::ffff:7f00:1]:P/",
            "http://[::FFFF:0:0]:P/",
            "http://[::127.0.0.1]:P/",
            "http://[::ffff:0:7f00:1]:P/",
            "http://[64:ff9b::7f00:1]:P/",
            "http://[64:ff9b:1::7f00:1]:P/",
            "http://[2002:7f00:1::]:P/",
            "http://[2001:0:7f00:1::]:P/",
            "http://[fe80::1]:P/",
            "http://[fc00::1]:P/",
            "http://[fd00:ec2::254]:P/latest/meta-data/",
            "http://[fd00::2]:P/",
            "http://[ff02::1]:P/",
            "http://[fec0::1]:P/",
            "http://[2001:db8::1]:P/",
            "http://169.254.169.254:P/latest/meta-data/iam/security-credentials/",
            "http://0xa9fea9fe:P/",
            "http://2852039166:P/",
            "http://169.254.170.2:P/v2/credentials",
            "http://[::ffff:169.254.169.254]:P/",
            "http://168.63.129.16:P/machine",
            "http://100.100.100.200:P/latest/meta-data/",
            "http://192.0.0.192:P/opc/v1/instance/",
            "http://10.0.0.1:P/",
            "http://012.0.0.1:P/",
            "http://172.16.0.1:P/",
            "http://172.31.255.255:P/",
            "http://192.168.1.1:P/",
            "http://192.0.2.2:P/",
            "http://198.18.0.1:P/",
            "http://198.51.100.1:P/",
            "http://203.0.113.1:P/",
            "http://224.0.0.1:P/",
            "http://255.255.255.255:P/",
            "http://4294967295:P/");

    /** What is no URL at all, or not one that is asked. */
    static final List<String> UNREADABLE = List.of(
            "file:///etc/passwd",
            "gopher://127.0.0.1:P/_INFO",
            "ftp://127.0.0.1:P/",
            "dict://127.0.0.1:P/info",
            "unix:/var/run/docker.sock",
            "http+unix://%2Fvar%2Frun%2Fdocker.sock/info",
            "jar:http://127.0.0.1:P/!/a",
            "data:text/html,<p>x",
            "http://anna@127.0.0.1:P/",
            "http://blog.test@127.0.0.1:P/",
            "http://blog.test:80@127.0.0.1:P/",
            "http://127.0.0.1:P@blog.test/",
            "http://[::1%25lo]:P/",
            "http://[::1%lo]:P/",
            "http://127.0.0.1:P:80/",
            "http://127.0.0.1:80:P/",
            "http://127.0.0.256:P/",
            "http://127.0.0.1.1:P/",
            "http://127.0.0.1 :P/",
            "http://127.0.0.1%00.blog.test:P/",
            "http://blog.test%2F@127.0.0.1:P/",
            "http://[127.0.0.1]:P/",
            "http://:P/",
            "http://?127.0.0.1:P/");

    private final Vertx vertx = Vertx.vertx();
    private final Site site = Site.open();
    private final TestNames names = new TestNames().with("blog.test", Site.ADDRESS);
    private final RawServer trap = RawServer.on(
            "::",
            (_, out) -> out.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\nsecret"
                    .getBytes(StandardCharsets.US_ASCII)));

    @AfterEach
    void nothingIsCaught() throws IOException {
        knock();
        int caught = trap.connections() - 1;
        vertx.close().toCompletionStage().toCompletableFuture().join();
        site.close();
        trap.close();
        assertThat(caught).isZero();
    }

    @ParameterizedTest
    @FieldSource("FORBIDDEN")
    void forbiddenAddressIsNotConnectedTo(String url) {
        ProblemException refused = refusal(atTrap(url), hostOf(atTrap(url)));

        assertThat(refused.type()).isEqualTo(ProblemType.FORBIDDEN);
        assertThat(refused).hasMessageContaining("not on the public internet");
        assertThat(names.asked()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("FORBIDDEN")
    void redirectToAForbiddenAddressIsNotFollowed(String url) {
        int status = List.of(301, 302, 303, 307, 308).get(Math.floorMod(url.hashCode(), 5));
        site.redirect("/", status, latin1(atTrap(url).replaceAll("[\\t\\n]", "")));

        ProblemException refused = refusal(site.url("blog.test", "/"), "blog.test", hostOf(atTrap(url)));

        assertThat(refused.type()).isEqualTo(ProblemType.FORBIDDEN);
        assertThat(refused).hasMessageContaining("redirects to").hasMessageContaining("not on the public internet");
        assertThat(site.asked()).hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("UNREADABLE")
    void whatIsNoWebAddressIsNotConnectedTo(String url) {
        assertThat(refusal(atTrap(url), "blog.test", "127.0.0.1").type()).isEqualTo(ProblemType.INVALID_FIELDS);
    }

    @ParameterizedTest
    @FieldSource("UNREADABLE")
    void redirectToWhatIsNoWebAddressIsNotFollowed(String url) {
        site.redirect("/", 302, atTrap(url));

        assertThat(refusal(site.url("blog.test", "/"), "blog.test", "127.0.0.1").type())
                .isEqualTo(ProblemType.UPSTREAM_FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.10 127.0.0.1",
                "127.0.0.1 127.0.0.10",
                "127.0.0.10 127.0.0.10 ::1",
                "93.184.216.34 10.0.0.1",
                "::1",
                "::ffff:127.0.0.1",
                "0.0.0.0",
                "::",
                "192.0.2.2",
                "169.254.169.254",
                "fd00::2",
                "fe80::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::"
            })
    void nameWithABadAddressAmongItsOwnIsNotConnectedTo(String addresses) {
        names.with("evil.test", addresses);

        assertThat(refusal("http://evil.test:" + trap.port() + "/", "evil.test"))
                .hasMessageContaining("not on the public internet");
    }

    @Test
    void nameThatTurnsBadAfterTheFirstLookUpIsAskedWhereItWasGood() {
        names.with("rebind.test", Site.ADDRESS, "127.0.0.1");
        site.page("/", "<p>good");

        assertThat(page(site.url("rebind.test", "/"), "rebind.test").body())
                .asString()
                .isEqualTo("<p>good");
        assertThat(names.asked()).containsExactly("rebind.test");
    }

    @Test
    void nameThatTurnsBadBetweenTwoHopsIsRefusedAtTheSecond() {
        names.with("rebind.test", Site.ADDRESS, "127.0.0.1");
        site.redirect("/", 302, "http://rebind.test:" + trap.port() + "/");

        assertThat(refusal(site.url("rebind.test", "/"), "rebind.test"))
                .hasMessageContaining("redirects to rebind.test");
        assertThat(names.asked()).containsExactly("rebind.test", "rebind.test");
    }

    @Test
    void nameThatTurnsBadOnTheWayBackIsRefusedToo() {
        names.with("rebind.test", Site.ADDRESS, Site.ADDRESS, "127.0.0.1");
        site.redirect("/1", 302, "/2").redirect("/2", 302, "http://rebind.test:" + trap.port() + "/3");

        assertThat(refusal(site.url("rebind.test", "/1"), "rebind.test").type()).isEqualTo(ProblemType.FORBIDDEN);
        assertThat(site.asked()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://other.test:P/             | only blog.test
            //other.test:P/                  | only blog.test
            http://blog.test.evil.test:P/    | only blog.test
            http://127.0.0.1:P/              | only blog.test
            http://blog.test:22/             | port 22
            https://blog.test/               | port 443
            """)
    void redirectIsHeldToHostsAndPortsToo(String location, String reason) {
        names.with("other.test", Site.ADDRESS);
        site.redirect("/", 302, atTrap(location));

        ProblemException refused = refusal(site.url("blog.test", "/"), "blog.test");

        assertThat(refused.type()).isEqualTo(ProblemType.FORBIDDEN);
        assertThat(refused).hasMessageContaining("redirects to").hasMessageContaining(reason);
        assertThat(names.asked()).containsExactly("blog.test");
    }

    @Test
    void whatIsNotAllowedIsRefusedBeforeAnythingIsLookedUp() {
        names.with("other.test", Site.ADDRESS);

        assertThat(refusal("http://other.test:" + trap.port() + "/", "blog.test"))
                .hasMessageContaining("only blog.test are read (ALLOWED_DOMAINS)")
                .hasMessageEndingWith("send the article's text in \"text\" instead.");
        assertThat(refusal("http://blog.test:6379/", "blog.test")).hasMessageContaining("port 6379");
        assertThat(names.asked()).isEmpty();
    }

    /** Else the other tests would prove nothing. */
    @Test
    void theTrapCatchesWhoeverConnects() throws IOException {
        for (String address : new String[] {"127.0.0.1", "127.0.0.2", "::1", "0.0.0.0", "::", "127.255.255.254"}) {
            try (RawServer other = RawServer.on("::", (_, _) -> {});
                    Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(TestNames.address(address), other.port()), 5_000);
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                await().until(() -> other.connections() == 1);
            }
        }
    }

    /** Whoever connected before is counted when this is answered. */
    private void knock() throws IOException {
        try (Socket socket = new Socket(TestNames.address("127.0.0.1"), trap.port())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
    }

    private String atTrap(String url) {
        return url.replace("P/", trap.port() + "/")
                .replace("P\\", trap.port() + "\\")
                .replace("P?", trap.port() + "?")
                .replace("P@", trap.port() + "@")
                .replace("P:", trap.port() + ":")
                .replace("HTT" + trap.port() + ":", "HTTP:");
    }

    private static String hostOf(String url) {
        return HttpUrl.parse(url).host().text();
    }

    /** As the octets of a header field travel. */
    private static String latin1(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private ProblemException refusal(String url, String... hosts) {
        return catchThrowableOfType(ProblemException.class, () -> {
            var _ = page(url, hosts);
        });
    }

    private Page page(String url, String... hosts) {
        Articles articles = new Articles(
                vertx,
                names,
                TestArticlesConfig.allowing(List.of(hosts), List.of(trap.port(), site.port())),
                Clock.systemUTC());
        return articles.fetch(articles.address(url)).await().atMost(Duration.ofSeconds(20));
    }
}
