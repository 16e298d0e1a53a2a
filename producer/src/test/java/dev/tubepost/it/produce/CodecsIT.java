package dev.tubepost.it.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.Compression;
import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryListener;
import dev.tubepost.DeliveryReport;
import dev.tubepost.DeliveryReports;
import dev.tubepost.Message;
import dev.tubepost.MessageTooLargeException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.it.Clusters;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stock consumer reads every codec, small messages and large ones; nothing is larger than it may be. */
@EmbeddedKafkaTest(shared = true)
final class CodecsIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int NEARLY_FULL = 900_000;

    private static Cluster cluster;

    private final EmbeddedKafka kafka;

    CodecsIT(EmbeddedKafka kafka) {
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

    static Stream<Compression> codecs() {
        return Stream.of(
                Compression.none(),
                Compression.gzip(),
                Compression.gzip(9),
                Compression.snappy(),
                Compression.lz4(),
                Compression.lz4(9),
                Compression.zstd(),
                Compression.zstd(7));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aConsumerReadsManySmallMessages(Compression codec) {
        String topic = topic("small", codec);
        kafka.createTopic(topic, 2);
        var batches = new Batches();
        ProducerOptions options = ProducerOptions.durable()
                .compression(codec)
                .deliveryListener(batches)
                .build();
        try (Producer<byte[], byte[]> producer = cluster.topic(topic).producer(options)) {
            for (int i = 0; i < 4_000; i++) {
                producer.produce(("the same again and again " + i).getBytes(StandardCharsets.UTF_8));
            }
            assertThat(producer.flush(LONG)).isTrue();
        }
        List<ReadMessage> read = kafka.readAll(topic);
        assertThat(read).hasSize(4_000);
        assertThat(read).extracting(ReadMessage::valueText).doesNotHaveDuplicates();
        assertThat(read.get(0).valueText()).isEqualTo("the same again and again 1"); // in turn, from the second on
        assertThat(read.get(3_999).valueText()).isEqualTo("the same again and again 3998");
        long sent = batches.delivered.stream().mapToLong(DeliveredBatch::bytes).sum();
        if (codec.type() == Compression.Type.NONE) {
            assertThat(sent).isGreaterThan(4_000L * 28);
        } else {
            assertThat(sent).isLessThan(4_000L * 28 / 2);
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aConsumerReadsLargeMessagesThatCompressAndSuchThatDoNot(Compression codec) {
        String topic = topic("large", codec);
        kafka.createTopic(topic, 1);
        byte[] text = new byte[NEARLY_FULL];
        Arrays.fill(text, (byte) 'x');
        byte[] noise = noise(NEARLY_FULL);
        ProducerOptions options =
                ProducerOptions.durable().compression(codec).sync(true).build();
        try (Producer<byte[], byte[]> producer = cluster.topic(topic).producer(options)) {
            assertThat(producer.produce(text).offset()).isZero();
            assertThat(producer.produce(noise).offset()).isEqualTo(1);
            assertThat(producer.produce(noise(160_000)).offset()).isEqualTo(2);
        }
        List<ReadMessage> read = kafka.readAll(topic);
        assertThat(read).hasSize(3);
        assertThat(read.get(0).value()).isEqualTo(text);
        assertThat(read.get(1).value()).isEqualTo(noise);
        assertThat(read.get(2).value()).isEqualTo(noise(160_000));
    }

    @Test
    void tenSnappyMessagesAreReportedAndRead() {
        reportsTenOf("snappy-reported", "*".repeat(80), Compression.snappy());
    }

    @Test
    void tenLargeMessagesAreReportedAndRead() {
        reportsTenOf("large-reported", "*".repeat(800_000), Compression.none());
    }

    private void reportsTenOf(String topic, String value, Compression codec) {
        kafka.createTopic(topic, 1);
        ProducerOptions options = ProducerOptions.builder()
                .compression(codec)
                .linger(Duration.ofMillis(100))
                .deliveryReports(true)
                .build();
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        try (Producer<byte[], byte[]> producer = cluster.topic(topic).producer(options)) {
            DeliveryReports<byte[], byte[]> reports = producer.deliveryReports();
            for (int i = 0; i < 11; i++) {
                Message<byte[], byte[]> message = producer.produce(bytes);
                if (i == 0) {
                    assertThat(reports.poll(LONG)).isEqualTo(new DeliveryReport<>(message, null));
                }
            }
            for (int i = 1; i < 11; i++) {
                assertThat(reports.poll(LONG)).isNotNull().satisfies(report -> {
                    assertThat(report.failure()).isNull();
                    assertThat(report.message().isDone()).isTrue();
                });
            }
        }
        assertThat(kafka.readAll(topic))
                .hasSize(11)
                .allSatisfy(read -> assertThat(read.value()).isEqualTo(bytes));
    }

    @Test
    void aMessageLargerThanARequestIsRefusedBeforeAnythingIsQueued() {
        kafka.createTopic("limited", 1);
        ProducerOptions options =
                ProducerOptions.durable().maxRequestSize(1_024).build();
        try (Producer<byte[], byte[]> producer = cluster.topic("limited").producer(options)) {
            producer.produce(new byte[500]);
            for (int attempt = 0; attempt < 2; attempt++) { // before the topic is known, and after
                assertThatThrownBy(() -> producer.produce(new byte[800_000]))
                        .isInstanceOfSatisfying(MessageTooLargeException.class, e -> {
                            assertThat(e.size()).isGreaterThan(800_000);
                            assertThat(e.limit()).isLessThanOrEqualTo(1_024);
                            assertThat(e.option()).isEqualTo("maxRequestSize");
                        });
                assertThatThrownBy(() -> producer.produce(null, new byte[2_000])) // a tombstone's key counts, too
                        .isInstanceOf(MessageTooLargeException.class);
                assertThatThrownBy(() -> producer.post(new byte[2_000], null))
                        .isInstanceOf(MessageTooLargeException.class);
                assertThat(producer.flush(LONG)).isTrue();
            }
            producer.produce(new byte[501]);
        }
        assertThat(kafka.readAll("limited"))
                .extracting(read -> read.value().length)
                .containsExactly(500, 501);
    }

    @Test
    void noBatchIsLargerThanARequestMayBe() {
        kafka.createTopic("batched", 2);
        var batches = new Batches();
        ProducerOptions options =
                ProducerOptions.builder().deliveryListener(batches).build();
        try (Producer<byte[], byte[]> producer = cluster.topic("batched").producer(options)) {
            for (int i = 0; i < 100; i++) {
                producer.produce(new byte[80_000]);
            }
            assertThat(producer.flush(LONG)).isTrue();
        }
        assertThat(batches.delivered).allSatisfy(batch -> {
            assertThat(batch.messages()).isLessThan(100);
            assertThat(batch.bytes()).isLessThan(options.maxRequestSize());
        });
        assertThat(batches.delivered.stream().mapToInt(DeliveredBatch::messages).sum())
                .isEqualTo(100);
        assertThat(kafka.readAll("batched")).hasSize(100);
    }

    @Test
    void batchesAreLimitedToWhatTheOptionSays() {
        kafka.createTopic("alone", 1);
        var batches = new Batches();
        ProducerOptions options = ProducerOptions.durable()
                .batchBytes(1) // each message alone
                .deliveryListener(batches)
                .build();
        try (Producer<byte[], byte[]> producer = cluster.topic("alone").producer(options)) {
            for (int i = 0; i < 20; i++) {
                producer.produce(new byte[] {(byte) i});
            }
            assertThat(producer.flush(LONG)).isTrue();
        }
        assertThat(batches.delivered)
                .hasSize(20)
                .extracting(DeliveredBatch::messages)
                .containsOnly(1);
        assertThat(batches.delivered).extracting(DeliveredBatch::baseOffset).isSorted();
        assertThat(kafka.readAll("alone"))
                .extracting(read -> (int) read.value()[0])
                .isSorted();
    }

    @Test
    void whatTheBrokerFindsTooLargeFailsAloneAndSaysWhy() {
        kafka.createTopic("strict", 1, 1, Map.of("max.message.bytes", "20000"));
        ProducerOptions options = ProducerOptions.durable().build();
        Producer<byte[], byte[]> producer = cluster.topic("strict").producer(options);
        Message<byte[], byte[]> before = producer.produce(new byte[100]);
        assertThat(producer.flush(LONG)).isTrue();
        Message<byte[], byte[]> tooLarge = producer.produce(noise(50_000));
        assertThat(producer.flush(LONG)).isTrue();
        Message<byte[], byte[]> after = producer.produce(new byte[100]);
        assertThat(producer.flush(LONG)).isTrue();
        assertThat(before.offset()).isZero();
        assertThat(tooLarge.failure()).isNotNull();
        assertThat(tooLarge.failure().errorName()).isIn("MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE");
        assertThat(tooLarge.failure().maybeWritten()).isFalse();
        assertThat(after.offset()).isEqualTo(1);
        assertThatThrownBy(producer::close).hasCause(tooLarge.failure());
    }

    private static String topic(String kind, Compression codec) {
        return kind + "-" + codec.type() + codec.level();
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        return noise;
    }

    private static final class Batches implements DeliveryListener {
        final ConcurrentLinkedQueue<DeliveredBatch> delivered = new ConcurrentLinkedQueue<>();

        @Override
        public void onDelivered(DeliveredBatch batch) {
            delivered.add(batch);
        }
    }
}
