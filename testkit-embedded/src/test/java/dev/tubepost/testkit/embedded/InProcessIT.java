package dev.tubepost.testkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

@EmbeddedKafkaTest(shared = true)
final class InProcessIT {
    private final EmbeddedKafka kafka;

    InProcessIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void readsBackEveryPartOfAMessage() throws Exception {
        kafka.createTopic("parts", 2);
        var sent = new ProducerRecord<>("parts", 1, 1_234_567L, "key", "value");
        sent.headers().add("name", "one".getBytes(StandardCharsets.UTF_8)).add("name", null);
        Producing.send(kafka, List.of(sent, new ProducerRecord<>("parts", 0, null, null)));

        var read = kafka.readAll("parts");

        assertThat(read).extracting(ReadMessage::partition).containsExactly(0, 1);
        assertThat(read.get(0).key()).isNull();
        assertThat(read.get(0).value()).isNull();
        var second = read.get(1);
        assertThat(second.offset()).isZero();
        assertThat(second.keyText()).isEqualTo("key");
        assertThat(second.valueText()).isEqualTo("value");
        assertThat(second.timestamp()).isEqualTo(1_234_567L);
        assertThat(second.headers()).extracting(ReadMessage.Header::name).containsExactly("name", "name");
        assertThat(second.headers()).extracting(ReadMessage.Header::valueText).containsExactly("one", null);
    }

    @Test
    void keepsDataAndPortOverStopAndStart() throws Exception {
        try (var own = EmbeddedKafka.start(1)) {
            var address = own.bootstrapServers();
            own.createTopic("kept", 1);
            Producing.sendNumbers(own, "kept", 0, 0, 3);

            own.stop(1);
            assertThat(own.isRunning(1)).isFalse();
            assertThatThrownBy(() -> own.readAll("kept", Duration.ofMillis(500)))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining("kept");
            own.startAgain(1);
            Producing.sendNumbers(own, "kept", 0, 3, 2);

            assertThat(own.bootstrapServers()).isEqualTo(address);
            assertThat(own.readAll("kept")).extracting(ReadMessage::valueText).containsExactly("0", "1", "2", "3", "4");

            own.restartOnNewPort(1);
            assertThat(own.bootstrapServers()).isNotEqualTo(address);
            assertThat(own.readAll("kept")).hasSize(5);
        }
    }

    @Test
    void readsAnyNumberWithoutKeepingThem() throws Exception {
        kafka.createTopic("streamed", 1);
        Producing.sendNumbers(kafka, "streamed", 0, 0, 2_000);
        var sum = new long[1];

        var count = kafka.forEach(
                "streamed",
                Duration.ofSeconds(20),
                message -> sum[0] += Long.parseLong(String.valueOf(message.valueText())));

        assertThat(count).isEqualTo(2_000);
        assertThat(sum[0]).isEqualTo(IntStream.range(0, 2_000).asLongStream().sum());
        assertThat(kafka.endOffsets("streamed")).isEqualTo(Map.of(0, 2_000L));
    }

    @Test
    void readsAbortedMessagesOnlyWhenAskedToReadAll() throws Exception {
        kafka.createTopic("transactional", 1);
        var config = new HashMap<>(Producing.config(kafka));
        config.put("transactional.id", "t");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactional", "aborted")).get(20, TimeUnit.SECONDS);
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactional", "committed")).get(20, TimeUnit.SECONDS);
            producer.commitTransaction();
        }

        assertThat(kafka.readAll("transactional"))
                .extracting(ReadMessage::valueText)
                .containsExactly("aborted", "committed");
        assertThat(kafka.readCommitted("transactional", Duration.ofSeconds(20)))
                .extracting(ReadMessage::valueText)
                .containsExactly("committed");
    }

    @Test
    void createsGrowsAndDeletesTopics() {
        kafka.createTopic("grown", 1, 1, Map.of("max.message.bytes", "1000"));
        kafka.addPartitions("grown", 3);

        assertThat(kafka.endOffsets("grown")).containsOnlyKeys(0, 1, 2);
        assertThat(kafka.leader("grown", 2)).isEqualTo(1);
        assertThat(kafka.readAll("grown")).isEmpty();

        kafka.deleteTopic("grown");
        assertThat(kafka.topicNames()).doesNotContain("grown");
        assertThatThrownBy(() -> kafka.readAll("grown")).hasMessageContaining("describe topic grown");
    }

    @Test
    void saysThatOnlyProcessesCanBeKilled() {
        assertThatThrownBy(() -> kafka.kill(1))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("processes(true)");
    }

    @Test
    void namesTheBrokersThereAreWhenAskedForAnother() {
        assertThatThrownBy(() -> kafka.stop(2)).hasMessage("There is no broker 2 among 1 to 1");
    }
}
