package dev.tubepost.it.produce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerSession;
import dev.tubepost.it.Clusters;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What a real broker knows of an idempotent producer (K1). */
@EmbeddedKafkaTest(shared = true)
final class IdempotentIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final EmbeddedKafka kafka;

    IdempotentIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void aSessionHasOneProducerIdAndNumbersEachPartitionsRecords() throws Exception {
        kafka.createTopic("idempotent-one", 2);
        kafka.createTopic("idempotent-two", 1);
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                ProducerSession session =
                        cluster.session(ProducerOptions.durable().build())) {
            Producer<String, String> one = session.producer(cluster.topic("idempotent-one"), Serializers.utf8());
            Producer<String, String> two = session.producer(cluster.topic("idempotent-two"), Serializers.utf8());
            for (int i = 0; i < 30; i++) {
                one.draft("value").partition(i % 3 == 0 ? 0 : 1).produce();
                two.produce("value");
            }
            assertThat(session.flush(LONG)).isTrue();
        }
        ProducerState first = stateOf("idempotent-one", 0);
        assertThat(first.lastSequence()).isEqualTo(9);
        assertThat(first.producerEpoch()).isZero();
        assertThat(stateOf("idempotent-one", 1).lastSequence()).isEqualTo(19);
        assertThat(stateOf("idempotent-two", 0).lastSequence()).isEqualTo(29);
        assertThat(List.of(
                        stateOf("idempotent-one", 1).producerId(),
                        stateOf("idempotent-two", 0).producerId()))
                .containsOnly(first.producerId());
    }

    @Test
    void manyBatchesOfAPartitionInFlightKeepTheirOrder() {
        kafka.createTopic("idempotent-pipelined", 1);
        ProducerOptions options = ProducerOptions.durable()
                .batchBytes(1_000)
                .linger(Duration.ZERO)
                .build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer =
                        cluster.topic("idempotent-pipelined").producer(options, Serializers.utf8())) {
            for (int i = 0; i < 5_000; i++) {
                producer.produce("value " + i);
            }
            assertThat(producer.flush(LONG)).isTrue();
        }
        assertThat(kafka.readAll("idempotent-pipelined"))
                .extracting(ReadMessage::valueText)
                .containsExactlyElementsOf(
                        IntStream.range(0, 5_000).mapToObj(i -> "value " + i).toList());
    }

    @Test
    void goesOnWhenTheBrokerHasForgottenTheProducer() throws Exception { // F53, KAFKA-15591
        kafka.createTopic("idempotent-forgotten", 1);
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer = cluster.topic("idempotent-forgotten")
                        .producer(ProducerOptions.durable().build(), Serializers.utf8())) {
            producer.produce("before");
            assertThat(producer.flush(LONG)).isTrue();
            deleteRecords("idempotent-forgotten", 1);
            Message<String, String> after = producer.produce("after");
            assertThat(producer.flush(LONG)).isTrue();
            assertThat(after.failure()).isNull();
            assertThat(after.offset()).isEqualTo(1);
        }
    }

    @Test
    void withoutIdempotenceABrokerKnowsNoProducer() throws Exception {
        kafka.createTopic("idempotent-plain", 1);
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer = cluster.topic("idempotent-plain")
                        .producer(ProducerOptions.durable().idempotent(false).build(), Serializers.utf8())) {
            producer.produce("value");
            assertThat(producer.flush(LONG)).isTrue();
        }
        assertThat(statesOf("idempotent-plain", 0)).isEmpty();
    }

    private ProducerState stateOf(String topic, int partition) throws Exception {
        List<ProducerState> states = statesOf(topic, partition);
        assertThat(states).hasSize(1);
        return states.get(0);
    }

    private List<ProducerState> statesOf(String topic, int partition) throws Exception {
        var where = new TopicPartition(topic, partition);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers("PLAINTEXT")))) {
            return admin.describeProducers(List.of(where))
                    .partitionResult(where)
                    .get()
                    .activeProducers();
        }
    }

    private void deleteRecords(String topic, long before) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers("PLAINTEXT")))) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(topic, 0),
                            org.apache.kafka.clients.admin.RecordsToDelete.beforeOffset(before)))
                    .all()
                    .get();
        }
    }
}
