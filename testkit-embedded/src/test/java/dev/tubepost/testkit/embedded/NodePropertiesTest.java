package dev.tubepost.testkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NodePropertiesTest {
    private static final Path DIRECTORY = Path.of("/data");

    @Test
    void makesASingleBrokerItsOwnController() {
        var properties = of(EmbeddedKafka.builder()).broker(1, Map.of("PLAINTEXT", 20_001), DIRECTORY);

        assertThat(properties)
                .containsEntry("process.roles", "broker,controller")
                .containsEntry("controller.quorum.voters", "1@127.0.0.1:20000")
                .containsEntry("listeners", "PLAINTEXT://127.0.0.1:20001,CONTROLLER://127.0.0.1:20000")
                .containsEntry("advertised.listeners", "PLAINTEXT://127.0.0.1:20001")
                .containsEntry("offsets.topic.replication.factor", "1");
    }

    @Test
    void keepsTheControllerApartFromSeveralBrokers() {
        var several = of(EmbeddedKafka.builder().brokers(5));

        assertThat(several.controller(DIRECTORY))
                .containsEntry("process.roles", "controller")
                .containsEntry("node.id", "1000")
                .containsEntry("listeners", "CONTROLLER://127.0.0.1:20000");
        assertThat(several.broker(2, Map.of("PLAINTEXT", 20_001), DIRECTORY))
                .containsEntry("process.roles", "broker")
                .containsEntry("controller.quorum.voters", "1000@127.0.0.1:20000")
                .containsEntry("listeners", "PLAINTEXT://127.0.0.1:20001")
                .containsEntry("offsets.topic.replication.factor", "3")
                .containsEntry("transaction.state.log.min.isr", "2");
    }

    @Test
    void letsTheUserOverruleTheModuleAndABrokerOverruleTheCluster() {
        var properties = of(EmbeddedKafka.builder()
                .brokers(2)
                .config("num.io.threads", "3")
                .config("log.retention.ms", "7")
                .brokerConfig(2, "num.io.threads", "4"));

        assertThat(properties.broker(1, Map.of("PLAINTEXT", 1), DIRECTORY))
                .containsEntry("num.io.threads", "3")
                .containsEntry("log.retention.ms", "7");
        assertThat(properties.broker(2, Map.of("PLAINTEXT", 1), DIRECTORY)).containsEntry("num.io.threads", "4");
    }

    @Test
    void advertisesWhatItIsToldAndListensWhereItIs() {
        var properties = of(EmbeddedKafka.builder().listener("PROXIED", "SSL").advertise(1, "PROXIED", "proxy:1"))
                .broker(1, Map.of("PLAINTEXT", 20_001, "PROXIED", 20_002), DIRECTORY);

        assertThat(properties)
                .containsEntry("advertised.listeners", "PLAINTEXT://127.0.0.1:20001,PROXIED://proxy:1")
                .containsEntry(
                        "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PROXIED:SSL");
        assertThat(properties.getProperty("listeners")).contains("PROXIED://127.0.0.1:20002");
    }

    private static NodeProperties of(EmbeddedKafkaBuilder builder) {
        return new NodeProperties(builder.settings(), "id", 20_000);
    }
}
