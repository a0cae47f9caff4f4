package dev.signalbox.articles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

@PropertyDefaults(tries = 1_000)
class ArticleAddressPropertyTest {

    @Property
    void canonicalFormIsItsOwnCanonicalForm(@ForAll("urls") String url) {
        read(url)
                .ifPresent(address -> assertThat(
                                ArticleAddress.of(address.canonical()).canonical())
                        .isEqualTo(address.canonical()));
    }

    @Property
    void canonicalFormIsAStrictUriOfHarmlessCharacters(@ForAll("urls") String url) {
        read(url).ifPresent(address -> {
            assertThat(address.canonical()).matches("https?://[a-z0-9._:\\[\\]-]+/[!$%&'()*+,;=:@/?0-9A-Za-z._~-]*");
            assertThat(URI.create(address.canonical())).isEqualTo(address.uri());
            assertThat(address.uri().getRawFragment()).isNull();
            assertThat(address.uri().getRawUserInfo()).isNull();
        });
    }

    /** The parser and the two that hosts and ports go through afterwards must not disagree about where a URL leads. */
    @Property
    void everybodyReadsTheSameHostOutOfIt(@ForAll("urls") String url) throws Exception {
        Optional<ArticleAddress> address = read(url);
        if (address.isPresent()) {
            var other = address.get().uri().toURL();
            assertThat(other.getHost()).isEqualTo(address.get().host());
            assertThat(other.getPort() < 0 ? other.getDefaultPort() : other.getPort())
                    .isEqualTo(address.get().port());
        }
    }

    @Property
    void anyTextIsAnAddressOrRefused(@ForAll String text) {
        assertThat(read(text)).satisfies(_ -> {});
        assertThat(read("https://" + text)).satisfies(_ -> {});
        assertThat(read("https://dev.to/" + text)).satisfies(_ -> {});
    }

    @Property
    void trackingFragmentAndOrderOfNamesMakeNoDifference(
            @ForAll("parameters") List<String> parameters, @ForAll Random chance) {
        List<String> shuffled = new ArrayList<>(parameters);
        Collections.shuffle(shuffled, chance);
        shuffled.add(chance.nextInt(shuffled.size() + 1), "utm_source=x");
        shuffled.add("fbclid=%zz");

        assertThat(ArticleAddress.of("https://dev.to/a?" + String.join("&", shuffled) + "#x"))
                .isEqualTo(ArticleAddress.of("HTTPS://DEV.TO:443/b/../a?" + String.join("&", parameters)));
    }

    @Property
    void encodingOfWhatNeedsNoneMakesNoDifference(@ForAll("words") String word) {
        String encoded = word.chars().mapToObj(c -> String.format("%%%02x", c)).collect(Collectors.joining());

        assertThat(ArticleAddress.of("https://dev.to/x" + encoded + "?a=" + encoded))
                .isEqualTo(ArticleAddress.of("https://dev.to/x" + word + "?a=" + word));
    }

    @Property
    void everySpellingOfAnIpv4AddressIsThatAddress(
            @ForAll int bits, @ForAll @IntRange(min = 1, max = 4) int parts, @ForAll Random chance) {
        long address = Integer.toUnsignedLong(bits);
        StringBuilder host = new StringBuilder();
        for (int i = 0; i < parts - 1; i++) {
            host.append(spelled((address >> (24 - 8 * i)) & 0xFF, chance)).append('.');
        }
        host.append(spelled(address & ((1L << (40 - 8 * parts)) - 1), chance));

        assertThat(ArticleAddress.of("http://" + host).host())
                .isEqualTo("%d.%d.%d.%d"
                        .formatted(address >> 24, (address >> 16) & 0xFF, (address >> 8) & 0xFF, address & 0xFF));
    }

    private static String spelled(long number, Random chance) {
        return switch (chance.nextInt(3)) {
            case 0 -> Long.toString(number);
            case 1 -> "0" + Long.toOctalString(number);
            default -> "0X" + Long.toHexString(number);
        };
    }

    private static Optional<ArticleAddress> read(String url) {
        try {
            return Optional.of(ArticleAddress.of(url));
        } catch (ProblemException refused) {
            assertThat(refused.type()).isEqualTo(ProblemType.INVALID_FIELDS);
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<String> urls() {
        Arbitrary<String> bits = Arbitraries.of(
                "/",
                "//",
                ".",
                "..",
                "%2e",
                "%2E",
                "%",
                "%25",
                "%41",
                "%e9",
                "%zz",
                "?",
                "&",
                "=",
                "#",
                "@",
                ":",
                "\\",
                " ",
                "\t",
                "a",
                "B",
                "é",
                "日",
                "😀",
                "\uD83D",
                "'",
                "\"",
                "<",
                "[",
                "]",
                "|",
                "^",
                "`",
                "{",
                "~",
                "+",
                ";",
                "utm_source=x",
                "fbclid",
                "b=1",
                "a=2",
                "0x7f",
                "127",
                "http:",
                "\u0000",
                "ß",
                "。");
        Arbitrary<String> hosts = Arbitraries.of(
                "dev.to",
                "DEV.to.",
                "bücher.example",
                "127.1",
                "0x7f.1",
                "[::1]",
                "[2001:DB8::]",
                "a_b.example:8080",
                "localhost:80",
                "dev.to:443",
                "x.1a");
        Arbitrary<String> tails = bits.list().ofMaxSize(12).map(list -> String.join("", list));
        return Combinators.combine(Arbitraries.of("http://", "HTTPS:", " https:\\\\", "https:///"), hosts, tails)
                .as((scheme, host, tail) -> scheme + host + tail);
    }

    @Provide
    Arbitrary<List<String>> parameters() {
        return Arbitraries.strings()
                .withChars("abcxyz")
                .ofMinLength(1)
                .ofMaxLength(5)
                .list()
                .uniqueElements()
                .ofMaxSize(6)
                .map(names -> names.stream().map(name -> name + "=1").toList());
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars("-._~")
                .ofMaxLength(20);
    }
}
