package dev.tubepost.it.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryListener;
import dev.tubepost.FailedMessage;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.UndeliveredException;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker takes a batch whole or not at all, and says for which records not (KIP-467): each message is told what concerns it. */
@EmbeddedKafkaTest(shared = true)
final class CulpritIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final EmbeddedKafka kafka;
    private final List<FailedMessage> failed = new CopyOnWriteArrayList<>();

    CulpritIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void namesTheCulpritAndTellsItsNeighboursThatTheyMayBeSentAgain(boolean idempotent) {
        String topic = "compacted-" + idempotent;
        kafka.createTopic(topic, 1, 1, Map.of("cleanup.policy", "compact"));
        try (Cluster cluster = Cluster.connect(kafka.bootstrapServers())) {
            Producer<String, String> producer = cluster.topic(topic).producer(options(idempotent), Serializers.utf8());
            List<Message<String, String>> messages = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                messages.add(i == 4 ? producer.produce("value 4") : producer.produce("value " + i, "key " + i));
            }
            assertThat(messages.get(7).cancel()).isTrue();
            assertThat(producer.flush(LONG)).isTrue();
            DeliveryException culprit = Objects.requireNonNull(messages.get(4).failure());
            assertThat(culprit.isRetriable()).isFalse();
            assertThat(culprit.errorName()).isEqualTo("INVALID_RECORD");
            assertThat(culprit).hasMessageContaining("for this message").hasMessageContaining("key");
            for (int i : new int[] {0, 3, 5, 6, 8, 9}) {
                DeliveryException neighbour =
                        Objects.requireNonNull(messages.get(i).failure());
                assertThat(neighbour.isRetriable()).isTrue();
                assertThat(neighbour.maybeWritten()).isFalse();
                assertThat(neighbour)
                        .hasMessageContaining("for 1 other message")
                        .hasMessageContaining("produce it again");
            }
            assertThat(failed.stream().filter(each -> !each.failure().isRetriable() && each.key() == null))
                    .singleElement()
                    .satisfies(each -> assertThat(each.failure()).isSameAs(culprit));
            messages.stream()
                    .filter(message ->
                            message.failure() != null && message.failure().isRetriable())
                    .forEach(message -> producer.produce(message.value(), message.key()));
            assertThat(producer.flush(LONG)).isTrue();
            assertThatThrownBy(producer::close).isInstanceOf(UndeliveredException.class);
        }
        assertThat(kafka.readAll(topic))
                .extracting(ReadMessage::valueText)
                .containsExactly(
                        "value 0", "value 1", "value 2", "value 3", "value 5", "value 6", "value 8", "value 9");
    }

    @Test
    void whoIsAloneInABatchIsNoNeighbour() {
        kafka.createTopic("compacted-alone", 1, 1, Map.of("cleanup.policy", "compact"));
        try (Cluster cluster = Cluster.connect(kafka.bootstrapServers())) {
            Producer<String, String> producer =
                    cluster.topic("compacted-alone").producer(options(true), Serializers.utf8());
            Message<String, String> message = producer.produce("value");
            assertThat(producer.flush(LONG)).isTrue();
            assertThat(Objects.requireNonNull(message.failure()).isRetriable()).isFalse();
            assertThatThrownBy(producer::close).hasMessageContaining("1 certainly not written");
        }
    }

    private ProducerOptions options(boolean idempotent) {
        return ProducerOptions.durable()
                .idempotent(idempotent)
                .linger(Duration.ofSeconds(20))
                .deliveryListener(new DeliveryListener() {
                    @Override
                    public void onDelivered(DeliveredBatch batch) {
                        // What is delivered is read back.
                    }

                    @Override
                    public void onFailure(FailedMessage message) {
                        failed.add(message);
                    }
                })
                .build();
    }
}
