package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {

    @Test
    void isReadAsItWasWritten() {
        Receipt receipt = new Receipt("0123456789abcdef", 1_795_338_000_123_456L);

        assertThat(receipt).hasToString("0123456789abcdef-1795338000123456");
        assertThat(Receipt.parse(receipt.toString())).hasValue(receipt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "0123456789abcdef",
                "0123456789abcdef-",
                "0123456789abcdef--1",
                "0123456789ABCDEF-1",
                "0123456789abcde-1",
                "0123456789abcdef0-1",
                "0123456789abcdef-12345678901234567",
                "0123456789abcdef-1 ",
                "0123456789abcdef-1\n",
                "0123456789abcdef-\u0661",
                "0123456789abcdef-1e3"
            })
    void whatIsNoneIsNotRead(String text) {
        assertThat(Receipt.parse(text)).isEmpty();
    }
}
