package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequesterTest {

    private static final Requester.KeyHolder ANN = new Requester.KeyHolder("ann");

    @Test
    void whoIsCalledTheSameIsNotTheSame() {
        ClientAddress address = ClientAddress.parse("192.0.2.1").orElseThrow();
        List<Requester> requesters = List.of(
                new Requester.Address(address),
                new Requester.KeyHolder("192.0.2.1"),
                ANN,
                new Requester.KeyHolder("bob"),
                new Requester.EndUser(ANN, "192.0.2.1"),
                new Requester.EndUser(ANN, "ann"),
                new Requester.EndUser(ANN, "bob"),
                new Requester.EndUser(new Requester.KeyHolder("bob"), "ann"),
                new Requester.EndUser(new Requester.KeyHolder("bob"), "bob"),
                new Requester.EndUser(new Requester.KeyHolder("an"), "nbob"));

        assertThat(requesters.stream().map(Requester::caller)).doesNotHaveDuplicates();
        assertThat(requesters.stream().map(Requester::caller))
                .doesNotContain(Caller.everyone(), Caller.ofCredential("ann"), Caller.ofCredential("192.0.2.1"));
    }

    /** Redis holds what was counted under them: a change forgets it, and a replica of the last version counts elsewhere. */
    @Test
    void callersDoNotChangeFromVersionToVersion() {
        ClientAddress address = ClientAddress.parse("192.0.2.1").orElseThrow();

        assertThat(new Requester.Address(address).caller().id()).isEqualTo(Sha256.hex("address\u0000192.0.2.1"));
        assertThat(ANN.caller().id()).isEqualTo(Sha256.hex("key\u0000ann"));
        assertThat(new Requester.EndUser(ANN, "u7").caller().id()).isEqualTo(Sha256.hex("end-user\u0000ann\u0000u7"));
    }

    @Test
    void aKeyIsATier() {
        assertThat(ANN.tier()).isEqualTo(Tier.CLIENT);
        assertThat(new Requester.EndUser(ANN, "u7").tier()).isEqualTo(Tier.END_USER);
        assertThat(new Requester.Address(new ClientAddress(false, 1)).tier()).isEqualTo(Tier.ANONYMOUS);
    }

    @Test
    void aNameThatCouldBeTwoIsRefused() {
        Requester twofold = new Requester.KeyHolder("ann\u0000u7");

        assertThatIllegalArgumentException().isThrownBy(twofold::caller);
    }
}
