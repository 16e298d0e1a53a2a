package dev.tubepost.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.InvalidOptionsException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be asked of TLS. */
class TlsOptionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"TLS_DH_anon_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_NULL_SHA256"})
    void noCipherSuiteTurnsOffWhatTlsIsFor(String suite) {
        var options = TlsOptions.builder().cipherSuites(List.of("TLS_AES_128_GCM_SHA256", suite));

        assertThatThrownBy(options::build)
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining(suite)
                .hasMessageContaining("leave it out");
    }
}
