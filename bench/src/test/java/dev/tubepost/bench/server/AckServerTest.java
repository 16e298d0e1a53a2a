package dev.tubepost.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.protocol.ApiVersionsRequest;
import dev.tubepost.protocol.ApiVersionsResponse;
import dev.tubepost.protocol.WireReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server, as Apache's producer sees it. */
final class AckServerTest {

    private static final int MESSAGES = 2000;

    @ParameterizedTest
    @CsvSource({"none, 1, false", "none, all, true", "lz4, 1, false"})
    void acknowledgesEveryMessageWithTheNextOffset(String compression, String acks, boolean idempotence)
            throws Exception {
        try (AckServer server = AckServer.start(0, 1, 1, true)) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            try (var producer = producer(server, compression, acks, idempotence)) {
                for (int i = 0; i < MESSAGES; i++) {
                    sent.add(producer.send(new ProducerRecord<>("t", new byte[100])));
                }
            }
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(sent.get(i).get(1, TimeUnit.SECONDS).offset()).isEqualTo(i);
            }
            assertThat(server.totals().records()).isEqualTo(MESSAGES);
            assertThat(server.totals().refused()).isZero();
        }
    }

    @Test
    void partitionsGoRoundTheBrokers() throws Exception {
        try (AckServer server = AckServer.start(0, 3, 7, true);
                var producer = producer(server, "none", "1", false)) {
            assertThat(producer.partitionsFor("t"))
                    .hasSize(7)
                    .allSatisfy(partition -> assertThat(partition.leader().id()).isEqualTo(partition.partition() % 3));
            for (int partition = 0; partition < 7; partition++) {
                var record = new ProducerRecord<byte[], byte[]>("t", partition, null, new byte[10]);
                assertThat(producer.send(record).get(10, TimeUnit.SECONDS).offset())
                        .isZero();
            }
        }
    }

    @Test
    void acceptsWhatWantsNoAnswer() throws Exception {
        try (AckServer server = AckServer.start(0, 1, 1, true)) {
            try (var producer = producer(server, "none", "0", false)) {
                for (int i = 0; i < MESSAGES; i++) {
                    assertThat(producer.send(new ProducerRecord<>("t", new byte[100])))
                            .isNotNull();
                }
                producer.flush();
                // One with an answer on the same connection comes after all of those.
                assertThat(producer.partitionsFor("another")).hasSize(1);
            }
            assertThat(server.totals().refused()).isZero();
            assertThat(server.totals().requests()).isPositive();
        }
    }

    @Test
    void tellsLibrdkafkaOfTodaysFormatAndAllCodecs() {
        var requests = new Requests(List.of(1), "localhost", new ServedTopics(1), new Totals(), false);
        ByteBuffer request = new ApiVersionsRequest("test", "1", null, -1).frame(3, "test");
        ByteBuffer answer = Objects.requireNonNull(requests.answer(request.position(Integer.BYTES)));
        var body = new WireReader(answer.position(2 * Integer.BYTES), true);
        assertThat(ApiVersionsResponse.read(body, 3).versions())
                .hasEntrySatisfying(
                        (short) 0, produce -> assertThat(produce.contains(0)).isTrue())
                .hasEntrySatisfying(
                        (short) 1, fetch -> assertThat(fetch.contains(10)).isTrue())
                .hasEntrySatisfying(
                        (short) 10,
                        coordinator -> assertThat(coordinator.contains(0)).isTrue());
    }

    private static KafkaProducer<byte[], byte[]> producer(
            AckServer server, String compression, String acks, boolean idempotence) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        server.bootstrapServers(),
                        "compression.type",
                        compression,
                        "acks",
                        acks,
                        "enable.idempotence",
                        idempotence,
                        "max.block.ms",
                        10_000,
                        "linger.ms",
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
