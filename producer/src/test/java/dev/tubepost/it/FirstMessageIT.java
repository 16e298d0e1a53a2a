package dev.tubepost.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The main job: a message from Java code lands in a real Kafka. */
@EmbeddedKafkaTest(shared = true)
class FirstMessageIT {

    @Test
    void landsInARealBroker(EmbeddedKafka kafka) throws Exception {
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer = cluster.topic("first")
                        .producer(ProducerOptions.durable().build(), Serializers.utf8())) {
            Message<String, String> message =
                    producer.produce("hello", "key").delivered().get(30, TimeUnit.SECONDS);
            assertThat(message.offset()).isZero();
            assertThat(message.partition()).isZero();
            assertThat(message.attempts()).isPositive();
        }
        assertThat(kafka.readAll("first", Duration.ofSeconds(20)))
                .singleElement()
                .satisfies(read -> {
                    assertThat(read.valueText()).isEqualTo("hello");
                    assertThat(read.keyText()).isEqualTo("key");
                });
    }

    @Test
    void keepsTheOrderOfManyMessagesOnSeveralPartitions(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("many", 3);
        List<Message<byte[], byte[]>> messages = new ArrayList<>();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer =
                        cluster.topic("many").producer(ProducerOptions.durable().build())) {
            for (int i = 0; i < 100_000; i++) {
                messages.add(producer.produce(Integer.toString(i).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            }
            assertThat(producer.flush(Duration.ofSeconds(30))).isTrue();
            assertThat(messages).allMatch(Message::isDone).allMatch(message -> message.failure() == null);
        }
        var read = kafka.readAll("many", Duration.ofSeconds(30));
        assertThat(read).hasSize(100_000);
        int[] last = {-1, -1, -1};
        for (var message : read) {
            int number = Integer.parseInt(String.valueOf(message.valueText()));
            assertThat(number).isGreaterThan(last[message.partition()]);
            last[message.partition()] = number;
        }
    }
}
