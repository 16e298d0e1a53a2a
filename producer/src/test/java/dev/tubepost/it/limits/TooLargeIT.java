package dev.tubepost.it.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.Compression;
import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryListener;
import dev.tubepost.FailedMessage;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.it.Clusters;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches that are larger than the topic allows go in parts; the topic's limit is learned (K8, N14). */
@EmbeddedKafkaTest(shared = true)
final class TooLargeIT {

    private static final int TOPIC_LIMIT = 20_000;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final EmbeddedKafka kafka;
    private final List<DeliveredBatch> batches = new CopyOnWriteArrayList<>();
    private Cluster cluster;

    TooLargeIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void connect() {
        cluster = Clusters.connect(kafka.bootstrapServers());
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"true, none", "false, none", "true, gzip", "false, gzip"})
    void aBatchThatIsTooLargeGoesInPartsAndInOrder(boolean idempotent, String codec) {
        String topic = createTopic("too-large-" + idempotent + "-" + codec);
        List<String> values = values(400, 1_000);
        try (Producer<String, String> producer = producer(topic, idempotent, codec)) {
            List<Message<String, String>> messages = new ArrayList<>();
            values.forEach(value -> messages.add(producer.produce(value)));
            assertThat(producer.flush(LONG)).isTrue();
            for (int i = 0; i < messages.size(); i++) {
                assertThat(messages.get(i).failure()).isNull();
                assertThat(messages.get(i).offset()).isEqualTo(i);
            }
        }
        assertThat(kafka.readAll(topic)).extracting(ReadMessage::valueText).containsExactlyElementsOf(values);
        assertThat(batches).hasSizeGreaterThan(1).allMatch(batch -> batch.bytes() <= TOPIC_LIMIT);
    }

    @Test
    void laterBatchesFitAtOnce() {
        String topic = createTopic("too-large-learned");
        try (Producer<String, String> producer = producer(topic, true, "none")) {
            values(400, 1_000).forEach(producer::produce);
            assertThat(producer.flush(LONG)).isTrue();
            batches.clear();
            values(400, 1_000).forEach(producer::produce);
            assertThat(producer.flush(LONG)).isTrue();
        }
        assertThat(batches).isNotEmpty().allMatch(batch -> batch.attempts() == 1);
    }

    @Test
    void aMessageThatIsTooLargeFailsAloneAndItsNeighboursArrive() {
        String topic = createTopic("too-large-alone");
        Producer<String, String> producer = producer(topic, true, "none");
        List<Message<String, String>> before = produce(producer, values(30, 500));
        Message<String, String> large = producer.produce(text(TOPIC_LIMIT * 2, 9));
        List<Message<String, String>> after = produce(producer, values(30, 500));
        assertThat(producer.flush(LONG)).isTrue();
        DeliveryException cause = Objects.requireNonNull(large.failure());
        assertThat(cause.errorName()).isEqualTo("MESSAGE_TOO_LARGE");
        assertThat(cause.maybeWritten()).isFalse();
        assertThat(cause.isRetriable()).isFalse();
        assertThat(cause).hasMessageContaining("max.message.bytes");
        assertThat(before).allMatch(message -> message.failure() == null);
        assertThat(after).allMatch(message -> message.failure() == null);
        assertThatThrownBy(producer::close).hasMessageContaining("1 certainly not written");
        assertThat(kafka.readAll(topic)).hasSize(60);
    }

    private static List<Message<String, String>> produce(Producer<String, String> producer, List<String> values) {
        List<Message<String, String>> messages = new ArrayList<>();
        values.forEach(value -> messages.add(producer.produce(value)));
        return messages;
    }

    private String createTopic(String name) {
        kafka.createTopic(name, 1, 1, Map.of("max.message.bytes", String.valueOf(TOPIC_LIMIT)));
        return name;
    }

    private Producer<String, String> producer(String topic, boolean idempotent, String codec) {
        ProducerOptions options = ProducerOptions.durable()
                .idempotent(idempotent)
                .linger(Duration.ofMillis(200))
                .compression(codec.equals("none") ? Compression.none() : Compression.gzip())
                .deliveryListener(new DeliveryListener() {
                    @Override
                    public void onDelivered(DeliveredBatch batch) {
                        batches.add(batch);
                    }

                    @Override
                    public void onFailure(FailedMessage failed) {
                        DeliveryException cause = failed.failure();
                        assertThat(cause).isNotNull();
                    }
                })
                .build();
        return cluster.topic(topic).producer(options, Serializers.utf8());
    }

    /** Texts that no codec makes much smaller. */
    private static List<String> values(int count, int length) {
        return IntStream.range(0, count).mapToObj(i -> text(length, i)).toList();
    }

    private static String text(int length, int seed) {
        return new SplittableRandom(seed)
                .ints(length, 33, 127)
                .mapToObj(letter -> String.valueOf((char) letter))
                .collect(Collectors.joining());
    }
}
