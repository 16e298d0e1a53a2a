package dev.tubepost.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.Compression;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.serialize.Serializers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers of other releases understand us, and we them: {@code mvn verify -Pbroker-versions -pl cluster-tests -am}. */
@ParameterizedClass
@EnumSource(Release.class)
final class BrokerVersions {

    private static final int PARTITIONS = 3;
    private static final Instant WHEN = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    @TempDir
    private static Path directory;

    private static @Nullable ReleasedBroker running;

    private final ReleasedBroker broker;

    BrokerVersions(Release release) {
        this.broker = Objects.requireNonNull(running, release.name());
    }

    @BeforeParameterizedClassInvocation
    static void start(Release release) throws Exception {
        running = ReleasedBroker.start(release, Files.createDirectory(directory.resolve(release.name())));
    }

    @AfterParameterizedClassInvocation
    static void end() {
        if (running != null) {
            running.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesEachPartOfAMessage(boolean idempotent) throws Exception {
        String topic = "parts-" + idempotent;
        broker.createTopic(topic, PARTITIONS);
        ProducerOptions options =
                ProducerOptions.durable().idempotent(idempotent).build();
        produce(topic, options, producer -> {
            for (int i = 0; i < 300; i++) {
                producer.draft(bytes("value " + i))
                        .key(i % 10 == 0 ? null : bytes("key " + i))
                        .partition(i % PARTITIONS)
                        .timestamp(WHEN.plusMillis(i))
                        .header("number", bytes(Integer.toString(i)))
                        .header("nothing", null)
                        .produce();
            }
        });
        List<String> read =
                broker.read(topic).stream().map(BrokerVersions::told).toList();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            expected.add(i % PARTITIONS + " " + (i % 10 == 0 ? "null" : "key " + i) + " value " + i + " "
                    + WHEN.plusMillis(i).toEpochMilli() + " number=" + i + " nothing=null");
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @EnumSource(Compression.Type.class)
    void readsEachCodec(Compression.Type type) throws Exception {
        String topic = "codec-" + type;
        broker.createTopic(topic, PARTITIONS);
        ProducerOptions options =
                ProducerOptions.durable().compression(compression(type)).build();
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            values.add(bytes("one of many small messages, " + i));
        }
        byte[] large = new byte[900_000];
        new Random(1).nextBytes(large);
        Arrays.fill(large, 0, 600_000, (byte) 'x'); // two thirds of it can be compressed
        values.add(large);
        produce(topic, options, producer -> values.forEach(producer::produce));
        assertThat(broker.read(topic)).extracting(ConsumerRecord::value).containsExactlyInAnyOrderElementsOf(values);
    }

    @Test
    void isKilledUnderLoadAndComesBack() throws Exception {
        broker.createTopic("killed", PARTITIONS);
        ProducerOptions options = ProducerOptions.durable().batchBytes(4_096).build();
        Collection<Sent> sent;
        try (Load load = Load.start(broker.bootstrapServers(), "killed", PARTITIONS, options)) {
            load.awaitMore(500);
            broker.kill();
            broker.startAgain();
            load.awaitMore(500);
            sent = load.finish();
        }
        List<Found> log = broker.read("killed").stream()
                .map(each -> new Found(each.partition(), each.offset(), new String(each.value(), UTF_8)))
                .toList();
        assertThat(History.check(History.Promise.ONCE_AND_IN_ORDER, sent, log)).isEmpty();
        assertThat(sent).allMatch(Sent::isDelivered);
    }

    /** What is produced, and nothing of it fails. */
    private void produce(String topic, ProducerOptions options, Consumer<Producer<byte[], byte[]>> what) {
        ClusterOptions where = ClusterOptions.builder(broker.bootstrapServers()).build();
        try (Cluster cluster = Cluster.connect(where)) {
            Producer<byte[], byte[]> producer = cluster.topic(topic).producer(options, Serializers.bytes());
            what.accept(producer);
            assertThat(producer.flush(LONGEST)).isTrue();
        }
    }

    private static Compression compression(Compression.Type type) {
        return switch (type) {
            case NONE -> Compression.none();
            case GZIP -> Compression.gzip();
            case SNAPPY -> Compression.snappy();
            case LZ4 -> Compression.lz4();
            case ZSTD -> Compression.zstd();
        };
    }

    private static String told(ConsumerRecord<byte[], byte[]> each) {
        var text = new StringBuilder(
                each.partition() + " " + text(each.key()) + " " + text(each.value()) + " " + each.timestamp());
        each.headers().forEach(header -> text.append(" " + header.key() + "=" + text(header.value())));
        return text.toString();
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
