package dev.tubepost.testkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PortsTest {
    @Test
    void givesNoPortTwiceAndNoneOfTheRangeOfOutgoingConnections() {
        var ports = new Ports();
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            taken.add(ports.take());
        }

        assertThat(taken).hasSize(500).allMatch(port -> port >= 15_000 && port < 32_768);
    }

    @Test
    void seesThatAPortIsTaken() throws Exception {
        int port;
        try (var listener = new ServerSocket()) {
            listener.bind(Ports.address(0));
            port = listener.getLocalPort();
            assertThat(Ports.isFree(port)).isFalse();
        }
        assertThat(Ports.isFree(port)).isTrue();
    }

    @Test
    void recognisesAClashInACauseAndInTheLogOfAProcess() {
        assertThat(PortClash.isCauseOf(new RuntimeException(new BindException("Address already in use"))))
                .isTrue();
        assertThat(PortClash.isCauseOf(new EmbeddedKafkaException(
                        "broker-1 ended. Its log:\nCaused by: java.net.BindException: Address already in use")))
                .isTrue();
        assertThat(PortClash.isCauseOf(new EmbeddedKafkaException("broker-1 ended. Its log:\nOutOfMemoryError")))
                .isFalse();
    }
}
