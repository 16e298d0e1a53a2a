package dev.tubepost.it.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.Draft;
import dev.tubepost.Message;
import dev.tubepost.MessageCancelledException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerSession;
import dev.tubepost.it.Clusters;
import dev.tubepost.serialize.Serializer;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes in is what a stock consumer reads: values, keys, timestamps, headers, partitions. */
@EmbeddedKafkaTest(shared = true)
final class MessagesIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static Cluster cluster;

    private final EmbeddedKafka kafka;

    MessagesIT(EmbeddedKafka kafka) {
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
    void aConsumerReadsTheBytesThatASyncProducerWasGiven() {
        byte[] value = new byte[1_000];
        new Random(1).nextBytes(value);
        try (Producer<byte[], byte[]> producer = cluster.topic("bytes").syncProducer()) {
            Message<byte[], byte[]> message = producer.produce(value);
            assertThat(message.isDone()).isTrue();
            assertThat(message.offset()).isZero();
            assertThat(message.value()).isSameAs(value);
        }
        assertThat(kafka.readAll("bytes")).singleElement().satisfies(read -> {
            assertThat(read.value()).isEqualTo(value);
            assertThat(read.key()).isNull();
            assertThat(read.headers()).isEmpty();
        });
    }

    @Test
    void aConsumerReadsTheTextThatWasSerializedAsUtf8() {
        String text = "tëst dåta ✉ 𝄞";
        try (Producer<String, String> producer = cluster.topic("text").producer(sync(), Serializers.utf8())) {
            producer.produce(text, "schlüssel");
        }
        assertThat(kafka.readAll("text")).singleElement().satisfies(read -> {
            assertThat(read.valueText()).isEqualTo(text);
            assertThat(read.keyText()).isEqualTo("schlüssel");
        });
    }

    @Test
    void aNullValueIsATombstoneAndAnEmptyOneIsNot() {
        try (Producer<String, String> producer = cluster.topic("nulls").producer(sync(), Serializers.utf8())) {
            producer.produce(null);
            producer.produce(null, "key");
            producer.produce("");
            producer.produce("", "");
        }
        List<ReadMessage> read = kafka.readAll("nulls");
        assertThat(read).extracting(ReadMessage::valueText).containsExactly(null, null, "", "");
        assertThat(read).extracting(ReadMessage::keyText).containsExactly(null, "key", null, "");
    }

    @Test
    void theTimestampIsTheOneThatWasGivenOrElseNow() {
        Instant given = Instant.parse("2001-09-09T01:46:40.123456Z");
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try (Producer<String, String> producer = cluster.topic("times").producer(sync(), Serializers.utf8())) {
            assertThat(producer.produce("given", null, given).timestamp())
                    .isEqualTo(given.truncatedTo(ChronoUnit.MILLIS));
            assertThat(producer.produce("now", null, null).timestamp()).isBetween(before, Instant.now());
            assertThat(producer.produce("epoch", null, Instant.EPOCH).timestamp())
                    .isEqualTo(Instant.EPOCH);
        }
        List<ReadMessage> read = kafka.readAll("times");
        assertThat(read).extracting(ReadMessage::valueText).containsExactly("given", "now", "epoch");
        assertThat(read.get(0).timestamp()).isEqualTo(given.toEpochMilli());
        assertThat(Instant.ofEpochMilli(read.get(1).timestamp())).isBetween(before, Instant.now());
        assertThat(read.get(2).timestamp()).isZero();
    }

    @Test
    void aTimestampThatKafkaCannotHoldIsRefusedAtTheCall() {
        try (Producer<String, String> producer =
                cluster.topic("impossible-times").producer(sync(), Serializers.utf8())) {
            for (Instant impossible : List.of(Instant.ofEpochMilli(-1), Instant.MIN, Instant.MAX)) {
                assertThatThrownBy(() -> producer.produce("never", null, impossible))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(impossible.toString());
            }
            producer.produce("after");
        }
        assertThat(kafka.readAll("impossible-times"))
                .extracting(ReadMessage::valueText)
                .containsExactly("after");
    }

    @Test
    void theBrokersTimestampIsToldWhereTheTopicWantsIt() {
        kafka.createTopic("appended", 1, 1, Map.of("message.timestamp.type", "LogAppendTime"));
        Instant told;
        try (Producer<String, String> producer = cluster.topic("appended").producer(sync(), Serializers.utf8())) {
            told = producer.produce("value", null, Instant.ofEpochSecond(1)).timestamp();
        }
        assertThat(told).isAfter(Instant.ofEpochSecond(1_000_000_000));
        assertThat(kafka.readAll("appended").get(0).timestamp()).isEqualTo(told.toEpochMilli());
    }

    @Test
    void aMessageTellsWhereItIsOnceItIsAcknowledged() throws Exception {
        kafka.createTopic("told", 2);
        ProducerOptions slow =
                ProducerOptions.durable().linger(Duration.ofSeconds(20)).build();
        try (Producer<String, String> producer = cluster.topic("told").producer(slow, Serializers.utf8())) {
            Message<String, String> message =
                    producer.draft("value").key("key").partition(1).produce();
            assertThat(message.isDone()).isFalse();
            assertThat(message.offset()).isEqualTo(-1);
            assertThat(message.attempts()).isZero();
            assertThat(message.topic()).isEqualTo("told");
            assertThat(producer.flush(LONG)).isTrue();
            assertThat(message.delivered().get(1, TimeUnit.SECONDS)).isSameAs(message);
            assertThat(message.isDone()).isTrue();
            assertThat(message.failure()).isNull();
            assertThat(message.partition()).isEqualTo(1);
            assertThat(message.offset()).isZero();
            assertThat(message.attempts()).isEqualTo(1);
            assertThat(message.value()).isEqualTo("value");
            assertThat(message.key()).isEqualTo("key");
        }
    }

    @Test
    void aDraftCarriesHeadersAndAPartitionOfItsOwn() {
        kafka.createTopic("drafts", 4);
        byte[] header = {1, 2, 3};
        try (Producer<String, String> producer = cluster.topic("drafts").producer(sync(), Serializers.utf8())) {
            Message<String, String> message = producer.draft("value")
                    .key("key")
                    .timestamp(Instant.ofEpochMilli(42))
                    .partition(3)
                    .header("twice", "first".getBytes(StandardCharsets.UTF_8))
                    .header("none", null)
                    .header("twice", header)
                    .header("", new byte[0])
                    .produce();
            header[0] = 9; // copied when it was produced
            assertThat(message.partition()).isEqualTo(3);
        }
        assertThat(kafka.readAll("drafts")).singleElement().satisfies(read -> {
            assertThat(read.partition()).isEqualTo(3);
            assertThat(read.timestamp()).isEqualTo(42);
            assertThat(read.keyText()).isEqualTo("key");
            assertThat(read.headers())
                    .extracting(ReadMessage.Header::name)
                    .containsExactly("twice", "none", "twice", "");
            assertThat(read.headers().get(0).valueText()).isEqualTo("first");
            assertThat(read.headers().get(1).value()).isNull();
            assertThat(read.headers().get(2).value()).containsExactly(1, 2, 3);
            assertThat(read.headers().get(3).value()).isEmpty();
        });
    }

    @Test
    void aDraftIsProducedOnce() {
        try (Producer<String, String> producer = cluster.topic("once").producer(sync(), Serializers.utf8())) {
            Draft<String, String> draft = producer.draft("value");
            assertThatThrownBy(() -> draft.partition(-1)).isInstanceOf(IllegalArgumentException.class);
            draft.produce();
            assertThatThrownBy(draft::produce).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(draft::tryProduce).isInstanceOf(IllegalStateException.class);
        }
        assertThat(kafka.readAll("once")).hasSize(1);
    }

    @Test
    void whatIsPostedArrivesWithoutAHandle() {
        try (Producer<String, String> producer = cluster.topic("posted").producer(durable(), Serializers.utf8())) {
            for (int i = 0; i < 1_000; i++) {
                producer.post("value " + i, "key " + i);
            }
            assertThat(producer.flush(LONG)).isTrue();
        }
        List<ReadMessage> read = kafka.readAll("posted");
        assertThat(read).hasSize(1_000);
        assertThat(read.get(999).valueText()).isEqualTo("value 999");
        assertThat(read.get(999).keyText()).isEqualTo("key 999");
    }

    @Test
    void arraysMayBeUsedAgainAsSoonAsProduceReturns() {
        byte[] value = new byte[1];
        byte[] key = new byte[1];
        byte[] header = new byte[1];
        kafka.createTopic("reused", 1);
        try (Producer<byte[], byte[]> producer = cluster.topic("reused").producer(durable())) {
            for (int i = 0; i < 100; i++) { // the first ones wait for metadata, the last ones do not
                value[0] = (byte) i;
                key[0] = (byte) -i;
                header[0] = (byte) (2 * i);
                producer.draft(value).key(key).header("h", header).produce();
                if (i == 50) {
                    assertThat(producer.flush(LONG)).isTrue();
                }
            }
        }
        List<ReadMessage> read = kafka.readAll("reused");
        assertThat(read).hasSize(100);
        for (int i = 0; i < 100; i++) {
            int number = i;
            assertThat(read.get(i).value()).containsExactly(i);
            assertThat(read.get(i).key()).containsExactly(-i);
            assertThat(read.get(i).headers())
                    .singleElement()
                    .satisfies(twice -> assertThat(twice.value()).containsExactly(2 * number));
        }
    }

    @Test
    void whatASerializerThrowsReachesTheCallerAndNothingIsQueued() {
        var poison = new IllegalStateException("cannot be serialized");
        Serializer<Integer, Integer> picky = Serializer.of(Serializers.ofInteger(), value -> {
            if (value == 13) {
                throw poison;
            }
            return Serializers.ofInteger().apply(value);
        });
        try (Producer<Integer, Integer> producer = cluster.topic("picky").producer(durable(), picky)) {
            producer.produce(12);
            assertThatThrownBy(() -> producer.produce(13)).isSameAs(poison);
            assertThatThrownBy(() -> producer.tryProduce(13, 1)).isSameAs(poison);
            assertThatThrownBy(() -> producer.post(13, 1)).isSameAs(poison);
            assertThatThrownBy(() -> producer.draft(13).produce()).isSameAs(poison);
            producer.produce(14, 1);
        }
        List<ReadMessage> read = kafka.readAll("picky");
        assertThat(read)
                .extracting(ReadMessage::value)
                .containsExactly(new byte[] {0, 0, 0, 12}, new byte[] {0, 0, 0, 14});
        assertThat(read.get(1).key()).containsExactly(0, 0, 0, 1);
    }

    @Test
    void manyProducersOfOneClusterEachWriteTheirTopic() {
        for (String topic : List.of("own-a", "own-b")) {
            kafka.createTopic(topic, 1);
        }
        try (Producer<String, String> a = cluster.topic("own-a").producer(durable(), Serializers.utf8());
                Producer<String, String> again = cluster.topic("own-a").producer(sync(), Serializers.utf8());
                Producer<String, String> b = cluster.topic("own-b").producer(durable(), Serializers.utf8())) {
            again.produce("sync");
            a.produce("async");
            b.produce("other");
        }
        assertThat(kafka.readAll("own-a")).extracting(ReadMessage::valueText).containsExactly("sync", "async");
        assertThat(kafka.readAll("own-b")).extracting(ReadMessage::valueText).containsExactly("other");
    }

    @Test
    void aSessionWritesManyTopicsAndFlushesThemTogether() {
        ProducerOptions slow =
                ProducerOptions.durable().linger(Duration.ofSeconds(20)).build();
        try (ProducerSession session = cluster.session(slow)) {
            List<Message<String, String>> messages = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Producer<String, String> producer = session.producer(cluster.topic("session-" + i), Serializers.utf8());
                messages.add(producer.produce("of " + i));
            }
            Producer<byte[], byte[]> raw = session.producer(cluster.topic("session-0"));
            raw.produce("raw".getBytes(StandardCharsets.UTF_8));
            assertThat(session.flush(LONG)).isTrue();
            assertThat(messages)
                    .allSatisfy(message -> assertThat(message.isDone()).isTrue());
            assertThat(messages).extracting(Message::failure).containsOnlyNulls();
        }
        for (int i = 1; i < 6; i++) {
            assertThat(kafka.readAll("session-" + i))
                    .extracting(ReadMessage::valueText)
                    .containsExactly("of " + i);
        }
        assertThat(kafka.readAll("session-0"))
                .extracting(ReadMessage::valueText)
                .containsExactly("of 0", "raw");
    }

    @Test
    void aMessageThatIsTakenBackIsNotSentAndItsNeighboursAre() {
        kafka.createTopic("cancelled", 1);
        ProducerOptions slow =
                ProducerOptions.durable().linger(Duration.ofSeconds(20)).build();
        Producer<String, String> producer = cluster.topic("cancelled").producer(slow, Serializers.utf8());
        Message<String, String> first = producer.produce("first");
        Message<String, String> second = producer.produce("second");
        Message<String, String> third = producer.produce("third");
        assertThat(second.cancel()).isTrue();
        assertThat(second.cancel()).isFalse();
        assertThat(producer.flush(LONG)).isTrue();
        assertThat(first.cancel()).isFalse();
        assertThat(second.failure()).isInstanceOf(MessageCancelledException.class);
        assertThat(third.offset()).isEqualTo(1);
        producer.close(); // what was taken back is not missing
        assertThat(kafka.readAll("cancelled"))
                .extracting(ReadMessage::valueText)
                .containsExactly("first", "third");
    }

    private static ProducerOptions sync() {
        return ProducerOptions.builder().sync(true).build();
    }

    private static ProducerOptions durable() {
        return ProducerOptions.durable().build();
    }
}
