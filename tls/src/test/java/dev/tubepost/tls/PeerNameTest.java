package dev.tubepost.tls;

import static org.assertj.core.api.Assertions.assertThat;

import javax.net.ssl.SNIHostName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PeerNameTest {

    @ParameterizedTest
    @CsvSource({
        "kafka1.example.com, kafka1.example.com, kafka1.example.com",
        "kafka1.example.com., kafka1.example.com, kafka1.example.com",
        "kafka1, kafka1, kafka1",
        "kafka_1, kafka_1, ",
        "bücher.example, xn--bcher-kva.example, xn--bcher-kva.example",
        "10.0.0.1, 10.0.0.1, ",
        "10.0.0.1., 10.0.0.1, ",
        "::1, ::1, ",
        "[::1], ::1, ",
        "fe80::1%eth0, fe80::1, ",
        "[2001:db8::1], 2001:db8::1, ",
        "a..b, a..b, ",
    })
    void isWhatACertificateMustName(String given, String host, String indication) {
        var name = PeerName.of(given);
        assertThat(name.host()).isEqualTo(host);
        assertThat(name.indication().map(SNIHostName::getAsciiName).orElse(null))
                .isEqualTo(indication);
    }
}
