package dev.tubepost.testkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ThreeBrokersIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.of(EmbeddedKafka.builder()
            .brokers(3)
            .config("broker.session.timeout.ms", "1500")
            .autoCreateTopics(false)
            .listener("ELSEWHERE", "PLAINTEXT")
            .advertise(2, "ELSEWHERE", "broker.invalid:9092"));

    @Test
    void movesTheLeaderToAReplica(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("moved", 1, 2, Map.of());
        var before = kafka.leader("moved", 0);
        var replica = kafka.brokers().stream()
                .filter(id -> id != before && isReplica(kafka, "moved", id))
                .findAny()
                .orElseThrow();
        Producing.sendNumbers(kafka, "moved", 0, 0, 10);

        kafka.moveLeader("moved", 0, replica);

        assertThat(kafka.leader("moved", 0)).isEqualTo(replica);
        assertThat(kafka.readAll("moved")).hasSize(10);
    }

    @Test
    void movesTheLeaderToABrokerThatWasNoReplica(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("wandering", 1, 1, Map.of());
        var before = kafka.leader("wandering", 0);
        var other = before % 3 + 1;
        Producing.sendNumbers(kafka, "wandering", 0, 0, 10);

        kafka.moveLeader("wandering", 0, other);

        assertThat(kafka.leader("wandering", 0)).isEqualTo(other);
        assertThat(isReplica(kafka, "wandering", before)).isFalse();
        assertThat(kafka.readAll("wandering")).hasSize(10);
    }

    @Test
    void goesOnWhileOneBrokerIsStopped(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("survivor", 1, 3, Map.of("min.insync.replicas", "2"));
        var stopped = kafka.leader("survivor", 0);

        kafka.stop(stopped);
        Producing.sendNumbers(kafka, "survivor", 0, 0, 10);
        var leader = kafka.leader("survivor", 0);
        kafka.startAgain(stopped);
        kafka.awaitInSync("survivor");

        assertThat(leader).isNotEqualTo(stopped).isNotEqualTo(EmbeddedKafka.NO_LEADER);
        assertThat(kafka.readAll("survivor"))
                .extracting(ReadMessage::offset)
                .hasSize(10)
                .isSorted();
    }

    @Test
    void namesThePartitionThatCannotBeRead(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("unreadable", 3, 1, Map.of());
        var leader = kafka.leader("unreadable", 1);
        kafka.stop(leader);
        try {
            assertThatThrownBy(() -> kafka.readAll("unreadable", Duration.ofSeconds(1)))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining("unreadable-1")
                    .hasMessageContaining("PT1S");
        } finally {
            kafka.startAgain(leader);
        }
    }

    @Test
    void hasTheListenersItWasGiven(EmbeddedKafka kafka) throws Exception {
        assertThat(kafka.bootstrapServers("ELSEWHERE").split(",")).hasSize(3).doesNotContain(kafka.address(1));

        var advertised = Advertised.by(kafka.bootstrapServers("ELSEWHERE"));

        assertThat(advertised).containsEntry(1, "127.0.0.1:" + kafka.port(1, "ELSEWHERE"));
        assertThat(advertised).containsEntry(2, "broker.invalid:9092");
    }

    private static boolean isReplica(EmbeddedKafka kafka, String topic, int broker) {
        var described =
                kafka.admin().describeTopics(List.of(topic)).allTopicNames().toCompletionStage();
        return described.toCompletableFuture().join().values().stream()
                .flatMap(description -> description.partitions().stream())
                .flatMap(partition -> partition.replicas().stream())
                .anyMatch(node -> node.id() == broker);
    }
}
