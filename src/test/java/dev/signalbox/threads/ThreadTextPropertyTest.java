package dev.signalbox.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

@PropertyDefaults(tries = 400)
class ThreadTextPropertyTest {

    @Property
    void normalisingTwiceIsNormalisingOnce(@ForAll("anything") String text) {
        String once = ThreadText.of(text).value();

        assertThat(ThreadText.of(once).value()).isEqualTo(once);
    }

    @Property
    void equivalentSpellingsAreOneText(@ForAll("anything") String text) {
        String decomposed = Normalizer.normalize(text.replace("\n", "\r\n"), Normalizer.Form.NFD);

        // A tower of marks is left as it was sent.
        if (!text.matches("(?s).*\\p{M}{20}.*")) {
            assertThat(ThreadText.of(decomposed)).isEqualTo(ThreadText.of(text.replace("\n", "\r\n")));
        }
    }

    @Property
    void theResultCanBeWrittenAndReadAsUtf8(@ForAll("anything") String text) {
        String normal = ThreadText.of(text).value();

        assertThat(new String(normal.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(normal);
    }

    @Provide
    Arbitrary<String> anything() {
        return AnyText.anything();
    }
}
