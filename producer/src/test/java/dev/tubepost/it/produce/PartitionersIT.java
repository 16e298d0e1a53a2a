package dev.tubepost.it.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.Message;
import dev.tubepost.MessageRejectedException;
import dev.tubepost.Partition;
import dev.tubepost.PartitioningException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.UndeliveredException;
import dev.tubepost.it.Clusters;
import dev.tubepost.partition.GroupHashingPartitioner;
import dev.tubepost.partition.HashingPartitioner;
import dev.tubepost.partition.KeyHash;
import dev.tubepost.partition.Murmur2Partitioner;
import dev.tubepost.partition.Partitioner;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each message is in the partition that its partitioner chose, and a partitioner that fails harms one message. */
@EmbeddedKafkaTest(shared = true)
final class PartitionersIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final List<String> KEYS = List.of("", "a", "key", "foo", "dummy", "é");

    private static Cluster cluster;

    private final EmbeddedKafka kafka;

    PartitionersIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @BeforeAll
    static void connect(EmbeddedKafka kafka) {
        cluster = Clusters.connect(kafka.bootstrapServers());
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    void theDefaultTakesOnePartitionAfterTheOtherFromTheSecondOn() {
        kafka.createTopic("turns", 3);
        try (Producer<String, String> producer = cluster.topic("turns").producer(durable(), Serializers.utf8())) {
            for (int i = 0; i < 9; i++) {
                producer.produce(Integer.toString(i), "same key");
            }
        }
        assertThat(valuesByPartition("turns"))
                .isEqualTo(Map.of(0, List.of("2", "5", "8"), 1, List.of("0", "3", "6"), 2, List.of("1", "4", "7")));
    }

    @Test
    void hashingPutsTheSpecificationsKeysWhereItSays() {
        kafka.createTopic("hashed", 7);
        ProducerOptions options = ProducerOptions.builder()
                .sync(true)
                .partitioner(new HashingPartitioner())
                .build();
        try (Producer<String, String> producer = cluster.topic("hashed").producer(options, Serializers.utf8())) {
            assertThat(KEYS)
                    .extracting(key -> producer.produce("value", key).partition())
                    .containsExactly(3, 4, 6, 0, 2, 6);
        }
        assertThat(kafka.readAll("hashed"))
                .extracting(read -> read.keyText() + " in " + read.partition())
                .containsExactlyInAnyOrder(" in 3", "a in 4", "key in 6", "foo in 0", "dummy in 2", "é in 6");
    }

    @Test
    void aHashOfOnesOwnDecidesToo() {
        kafka.createTopic("own-hash", 7);
        ProducerOptions options = ProducerOptions.builder()
                .sync(true)
                .partitioner(new HashingPartitioner(KeyHash.ofLong(key -> -8)))
                .build();
        try (Producer<String, String> producer = cluster.topic("own-hash").producer(options, Serializers.utf8())) {
            assertThat(producer.produce("value", "key").partition()).isEqualTo(1);
        }
        assertThat(kafka.readAll("own-hash")).extracting(ReadMessage::partition).containsExactly(1);
    }

    @Test
    void groupHashingStaysWithinTheGroupOfTheKey() {
        kafka.createTopic("grouped", 16);
        ProducerOptions options = ProducerOptions.durable()
                .partitioner(new GroupHashingPartitioner(KeyHash.sha1(), 2))
                .build();
        try (Producer<String, String> producer = cluster.topic("grouped").producer(options, Serializers.utf8())) {
            for (int i = 0; i < 100; i++) {
                producer.produce("value", "key"); // SHA-1 of "key" mod 16 is 14
            }
        }
        assertThat(kafka.readAll("grouped"))
                .hasSize(100)
                .extracting(ReadMessage::partition)
                .containsOnly(14, 15);
    }

    @Test
    void murmur2PutsKeysWhereTheStockProducerDoes() {
        kafka.createTopic("murmured", 12);
        ProducerOptions options =
                ProducerOptions.durable().partitioner(new Murmur2Partitioner()).build();
        try (Producer<String, String> producer = cluster.topic("murmured").producer(options, Serializers.utf8())) {
            for (int i = 0; i < 500; i++) {
                producer.produce("ours", "key " + i);
            }
        }
        assertThat(kafka.readAll("murmured"))
                .hasSize(500)
                .allSatisfy(read -> assertThat(read.partition())
                        .isEqualTo(org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(
                                read.key(), 12)));
    }

    @Test
    void hashingWithoutAKeyIsAClearErrorAtTheCall() {
        kafka.createTopic("keyless", 2);
        ProducerOptions options =
                ProducerOptions.durable().partitioner(new HashingPartitioner()).build();
        try (Producer<String, String> producer = cluster.topic("keyless").producer(options, Serializers.utf8())) {
            producer.produce("before", "key");
            assertThat(producer.flush(LONG)).isTrue(); // the partitions are known from now on
            assertThatThrownBy(() -> producer.produce("never"))
                    .isInstanceOf(PartitioningException.class)
                    .hasMessageContaining("keyless")
                    .hasMessageContaining("key")
                    .hasCauseInstanceOf(IllegalArgumentException.class);
            producer.draft("explicit").partition(0).produce();
        }
        assertThat(kafka.readAll("keyless"))
                .extracting(ReadMessage::valueText)
                .containsExactlyInAnyOrder("before", "explicit");
    }

    @Test
    void aPartitionerThatFailsHarmsTheOneMessageAlone() {
        kafka.createTopic("misled", 2);
        var poison = new IllegalStateException("no idea");
        Partitioner wild = (partitions, key) -> switch (key[0]) {
            case 't' -> throw poison;
            case 'n' -> null;
            case 'o' -> new Partition("misled", 2, 1, List.of(1), List.of(1));
            default -> partitions.get(0);
        };
        ProducerOptions options = ProducerOptions.durable().partitioner(wild).build();
        try (Producer<String, String> producer = cluster.topic("misled").producer(options, Serializers.utf8())) {
            producer.produce("first", "good");
            assertThat(producer.flush(LONG)).isTrue();
            assertThatThrownBy(() -> producer.produce("never", "throws"))
                    .isInstanceOf(PartitioningException.class)
                    .hasCause(poison);
            assertThatThrownBy(() -> producer.post("never", "null")).isInstanceOf(PartitioningException.class);
            assertThatThrownBy(() -> producer.tryProduce("never", "outside"))
                    .isInstanceOf(PartitioningException.class)
                    .hasMessageContaining("2 partitions");
            assertThatThrownBy(() -> producer.draft("never").partition(2).produce())
                    .isInstanceOf(PartitioningException.class);
            producer.produce("second", "good");
        }
        assertThat(kafka.readAll("misled")).extracting(ReadMessage::valueText).containsExactly("first", "second");
    }

    @Test
    void aPartitionerThatFailsForAWaitingMessageIsToldInItsOutcomeAndAtClose() {
        var poison = new IllegalStateException("no idea");
        Partitioner wild = (partitions, key) -> {
            if (Arrays.equals(key, new byte[] {'x'})) {
                throw poison;
            }
            return partitions.get(0);
        };
        ProducerOptions options = ProducerOptions.durable().partitioner(wild).build();
        Producer<String, String> producer = cluster.topic("waiting").producer(options, Serializers.utf8());
        producer.produce("first", "good"); // the topic does not exist yet, so these wait for its partitions
        Message<String, String> poisoned = producer.produce("never", "x");
        Message<String, String> second = producer.produce("second", "good");
        assertThat(producer.flush(LONG)).isTrue();
        assertThat(poisoned.failure())
                .isInstanceOf(MessageRejectedException.class)
                .hasCauseInstanceOf(PartitioningException.class)
                .hasRootCause(poison);
        assertThat(poisoned.failure().maybeWritten()).isFalse();
        assertThat(second.offset()).isEqualTo(1);
        assertThatThrownBy(producer::close)
                .isInstanceOfSatisfying(UndeliveredException.class, e -> {
                    assertThat(e.notWritten()).isEqualTo(1);
                    assertThat(e.maybeWritten()).isZero();
                })
                .hasRootCause(poison);
        assertThat(kafka.readAll("waiting")).extracting(ReadMessage::valueText).containsExactly("first", "second");
    }

    private Map<Integer, List<String>> valuesByPartition(String topic) {
        return kafka.readAll(topic).stream()
                .collect(Collectors.groupingBy(
                        ReadMessage::partition, Collectors.mapping(ReadMessage::valueText, Collectors.toList())));
    }

    private static ProducerOptions durable() {
        return ProducerOptions.durable().build();
    }
}
