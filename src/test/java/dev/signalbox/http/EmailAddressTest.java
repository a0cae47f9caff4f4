package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ann@example.org               | ann@example.org
            "  Ann@Example.ORG "          | ann@example.org
            a.n.n+news@mail.example.org   | a.n.n+news@mail.example.org
            o'hara_{x}@example.co.uk      | o'hara_{x}@example.co.uk
            ann@BÜCHER.example            | ann@xn--bcher-kva.example
            ann@xn--bcher-kva.example     | ann@xn--bcher-kva.example
            用户@例え.jp                    | 用户@xn--r8jz45g.jp
            ann@example。org              | ann@example.org
            1@1.example                   | 1@1.example
            """)
    void oneMailboxHasOneSpelling(String written, String kept) {
        assertThat(EmailAddress.read(written).text()).isEqualTo(kept);
    }

    @Test
    void whatTakesLongToComposeIsRefusedAtOnce() {
        String marks = "\u0301".repeat(250_000) + "\u0323".repeat(250_000);

        for (String written :
                List.of("a" + marks + "@example.org", "ann@a" + marks + ".example", "a".repeat(1_000_000))) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () -> assertThat(EmailAddress.parse(written)).isEmpty());
        }
    }

    @Test
    void composedAndDecomposedLettersAreTheSame() {
        assertThat(EmailAddress.read("rene\u0301@example.org")).isEqualTo(EmailAddress.read("Ren\u00C9@example.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ann",
                "@example.org",
                "ann@",
                "ann@@example.org",
                "ann@bob@example.org",
                ".ann@example.org",
                "ann.@example.org",
                "a..n@example.org",
                "an n@example.org",
                "ann@example",
                "ann@.example.org",
                "ann@example..org",
                "ann@example.org.",
                "ann@-example.org",
                "ann@example-.org",
                "ann@exa_mple.org",
                "ann@127.0.0.1",
                "ann@[127.0.0.1]",
                "\"a b\"@example.org",
                "<ann@example.org>",
                "ann@example.org\r\nBcc: bob@example.org",
                "ann\u0000@example.org",
                "ann@exa\u2026mple.org"
            })
    void whatIsNoAddressIsRefused(String written) {
        assertThatThrownBy(() -> EmailAddress.read(written))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.errors())
                                .singleElement()
                                .extracting(Problem.FieldError::field)
                                .isEqualTo("email"));
    }

    @Test
    void addressHas254BytesAtMost() {
        String host = ("h".repeat(63) + ".").repeat(3);
        String longest = "a".repeat(254 - 1 - host.length() - 3) + "@" + host + "org";

        assertThat(EmailAddress.read(longest).text()).hasSize(254);
        assertThatThrownBy(() -> EmailAddress.read("a" + longest)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> EmailAddress.read("ä".repeat(33) + "@example.org"))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void addressIsNotShownByAccident() {
        assertThat(EmailAddress.read("ann@example.org").toString()).doesNotContain("ann");
    }

    @Property
    void whatIsKeptIsReadAsItself(@ForAll("addresses") String written) {
        EmailAddress address = EmailAddress.read(written);

        assertThat(EmailAddress.read(address.text())).isEqualTo(address);
        assertThat(Normalizer.isNormalized(address.text(), Normalizer.Form.NFC)).isTrue();
        assertThat(address.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(254);
    }

    @Property
    void howItIsWrittenDoesNotMatter(@ForAll("addresses") String written, @ForAll Normalization form) {
        String another = "\t" + form.of(written).toUpperCase(Locale.ROOT) + " ";

        assertThat(EmailAddress.read(another).digest())
                .isEqualTo(EmailAddress.read(written.toUpperCase(Locale.ROOT)).digest());
    }

    @Property
    void whateverIsWrittenIsReadOrRefused(@ForAll String written) {
        try {
            assertThat(EmailAddress.read(written).text()).matches("[^@\\s]+@[a-z0-9.-]+");
        } catch (ProblemException refused) {
            assertThat(refused.errors()).hasSize(1);
        }
    }

    enum Normalization {
        COMPOSED(Normalizer.Form.NFC),
        DECOMPOSED(Normalizer.Form.NFD);

        private final Normalizer.Form form;

        Normalization(Normalizer.Form form) {
            this.form = form;
        }

        String of(String text) {
            return Normalizer.normalize(text, form);
        }
    }

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> atom = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars("éÅñßığşΣςдяİ用+_-'")
                .ofMinLength(1)
                .ofMaxLength(8);
        Arbitrary<String> label = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withChars("éñüд例")
                .ofMinLength(1)
                .ofMaxLength(10);
        return Combinators.combine(parts(atom, 1), parts(label, 2)).as((local, host) -> local + "@" + host);
    }

    private static Arbitrary<String> parts(Arbitrary<String> part, int least) {
        return part.list().ofMinSize(least).ofMaxSize(3).map((List<String> some) -> String.join(".", some));
    }
}
