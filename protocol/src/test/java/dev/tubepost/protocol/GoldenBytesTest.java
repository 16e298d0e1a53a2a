package dev.tubepost.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With the same values we write the same bytes as other clients, and we read what a broker answered them. */
final class GoldenBytesTest {

    private static final String LIBRDKAFKA = "librdkafka-2.0.2";
    private static final String KAFKA_CLIENTS = "kafka-clients-4.4.0";
    private static final RecordHeader[] NO_HEADERS = {};
    private static final RecordHeader[] HEADERS = {RecordHeader.of("h1", bytes("v1"))};

    private record Frame(boolean isRequest, int key, int version, ByteBuffer bytes) {}

    @Test
    void apiVersionsAsLibrdkafkaWritesIt() throws IOException {
        Frame theirs = request(LIBRDKAFKA, ApiKey.API_VERSIONS).get(0);
        assertThat(theirs.version()).isEqualTo(3);
        var ours = new ApiVersionsRequest("librdkafka", "2.0.2", null, -1);
        assertThat(withCorrelationIdOf(theirs, ours.frame(3, "golden"))).isEqualTo(theirs.bytes());
    }

    @Test
    void apiVersionsAsKafkaClientsWritesIt() throws IOException {
        List<Frame> theirs = request(KAFKA_CLIENTS, ApiKey.API_VERSIONS);
        assertThat(theirs).hasSize(2).allMatch(frame -> frame.version() == 5);
        String clusterId = metadata(KAFKA_CLIENTS).clusterId();
        var bootstrap = new ApiVersionsRequest("apache-kafka-java", "4.4.0", null, -1);
        var node = new ApiVersionsRequest("apache-kafka-java", "4.4.0", clusterId, 1);
        assertThat(withCorrelationIdOf(theirs.get(0), bootstrap.frame(5, "golden")))
                .isEqualTo(theirs.get(0).bytes());
        assertThat(withCorrelationIdOf(theirs.get(1), node.frame(5, "golden")))
                .isEqualTo(theirs.get(1).bytes());
    }

    @Test
    void metadataAsBothWriteIt() throws IOException {
        for (String client : List.of(LIBRDKAFKA, KAFKA_CLIENTS)) {
            Frame theirs = request(client, ApiKey.METADATA).get(0);
            var ours = new MetadataRequest(List.of("golden"), true);
            assertThat(withCorrelationIdOf(theirs, ours.frame(theirs.version(), "golden")))
                    .as(client)
                    .isEqualTo(theirs.bytes());
        }
    }

    @Test
    void produceAsLibrdkafkaWritesIt() throws IOException {
        Frame theirs = request(LIBRDKAFKA, ApiKey.PRODUCE).get(0);
        ByteBuffer batch = batchOf(theirs.bytes());
        batch.putInt(12, -1); // it writes 0 as the leader's epoch, which the broker overwrites, and no checksum covers
        long first = batch.getLong(27);
        long second = batch.getLong(35);
        assertProduce(theirs, 7, UUID.randomUUID(), records(first, writing -> {
            writing.add(first, "key", "value one", HEADERS);
            writing.add(second, "key", "value two", HEADERS);
        }));
    }

    @Test
    void produceAsKafkaClientsWritesIt() throws IOException {
        Frame theirs = request(KAFKA_CLIENTS, ApiKey.PRODUCE).get(0);
        UUID topicId = metadata(KAFKA_CLIENTS).topics().get(0).topicId();
        long base = 1_700_000_000_000L;
        assertProduce(theirs, 13, topicId, records(base, writing -> {
            writing.add(base, "key", "value one", HEADERS);
            writing.add(base + 5, null, "value two", NO_HEADERS);
            writing.add(base + 2, "key", null, NO_HEADERS);
        }));
    }

    @Test
    void whatTheBrokerAnswered() throws IOException {
        for (String client : List.of(LIBRDKAFKA, KAFKA_CLIENTS)) {
            var versions =
                    ApiVersionsResponse.read(body(client, ApiKey.API_VERSIONS), version(client, ApiKey.API_VERSIONS));
            assertThat(versions.of(ApiKey.PRODUCE)).as(client).isEqualTo(new VersionRange(0, 13));
            assertThat(versions.of(ApiKey.METADATA)).as(client).isEqualTo(new VersionRange(0, 13));
            var metadata = metadata(client);
            assertThat(metadata.brokers())
                    .extracting(MetadataResponse.Broker::host)
                    .containsExactly("127.0.0.1");
            assertThat(metadata.topics())
                    .extracting(MetadataResponse.Topic::name)
                    .containsExactly("golden");
            assertThat(metadata.topics().get(0).partitions()).hasSize(2).allMatch(each -> each.leaderId() == 1);
            var produced = ProduceResponse.read(body(client, ApiKey.PRODUCE), version(client, ApiKey.PRODUCE));
            var partition = produced.topics().get(0).partitions().get(0);
            assertThat(partition.index()).isEqualTo(1);
            assertThat(partition.errorCode()).isZero();
            assertThat(partition.baseOffset()).isEqualTo(client.equals(LIBRDKAFKA) ? 0 : 2);
        }
    }

    private static void assertProduce(Frame theirs, int version, UUID topicId, ByteBuffer records) {
        assertThat(theirs.version()).isEqualTo(version);
        var partition = new ProduceRequest.Partition(1, new ByteBuffer[] {records}, records.remaining());
        var ours = new ProduceRequest(
                null, (short) -1, 30_000, List.of(new ProduceRequest.Topic("golden", topicId, List.of(partition))));
        ByteBuffer frame = Apache.joined(ours.frame(version, "golden"));
        assertThat(withCorrelationIdOf(theirs, frame)).isEqualTo(theirs.bytes());
    }

    // ---- record batches ----

    private interface Writing {
        void add(long timestamp, @Nullable String key, @Nullable String value, RecordHeader[] headers);
    }

    private static ByteBuffer records(long baseTimestamp, java.util.function.Consumer<Writing> messages) {
        ByteBuffer batch = ByteBuffer.allocate(1_000).position(61);
        int[] count = {0};
        long[] newest = {baseTimestamp};
        messages.accept((timestamp, key, value, headers) -> {
            newest[0] = Math.max(newest[0], timestamp);
            RecordFormat.write(batch, count[0]++, timestamp - baseTimestamp, nullable(key), nullable(value), headers);
        });
        batch.flip();
        new RecordBatchHeader(
                        0,
                        count[0] - 1,
                        baseTimestamp,
                        newest[0],
                        RecordBatchHeader.NO_PRODUCER_ID,
                        (short) -1,
                        -1,
                        count[0])
                .seal(new ByteBuffer[] {batch}, batch.remaining());
        return batch;
    }

    /** The record batch in a Produce request of version 7 with one partition, as a view. */
    private static ByteBuffer batchOf(ByteBuffer request) {
        int from = request.remaining() - request.getInt(request.remaining() - batchBytes(request) - 4);
        return request.slice(from, request.remaining() - from);
    }

    private static int batchBytes(ByteBuffer request) {
        for (int at = 0; at < request.remaining() - 4; at++) {
            if (request.getInt(at) == request.remaining() - at - 4 && at > 0) {
                return request.getInt(at);
            }
        }
        throw new IllegalArgumentException("no batch ends this request");
    }

    // ---- frames ----

    private static ByteBuffer withCorrelationIdOf(Frame theirs, ByteBuffer ours) {
        return ours.putInt(8, theirs.bytes().getInt(8));
    }

    private static MetadataResponse metadata(String client) throws IOException {
        return MetadataResponse.read(body(client, ApiKey.METADATA), version(client, ApiKey.METADATA));
    }

    private static int version(String client, ApiKey key) throws IOException {
        return request(client, key).get(0).version();
    }

    private static List<Frame> request(String client, ApiKey key) throws IOException {
        return frames(client).stream()
                .filter(frame -> frame.isRequest() && frame.key() == key.id())
                .toList();
    }

    /** The first response to such a request, behind its header. */
    private static WireReader body(String client, ApiKey key) throws IOException {
        Frame response = frames(client).stream()
                .filter(frame -> !frame.isRequest() && frame.key() == key.id())
                .findFirst()
                .orElseThrow();
        var body = new WireReader(response.bytes().position(8), key.isFlexible(response.version()));
        if (key.responseHeaderVersion(response.version()) >= 1) {
            body.skipTags();
        }
        return body;
    }

    private static List<Frame> frames(String client) throws IOException {
        String text;
        try (InputStream file = GoldenBytesTest.class.getResourceAsStream("/golden/" + client + ".txt")) {
            assertThat(file).isNotNull();
            text = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        }
        List<Frame> frames = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] parts = line.split(" ", -1);
            frames.add(new Frame(
                    parts[0].equals("request"),
                    Integer.parseInt(parts[1]),
                    Integer.parseInt(parts[2]),
                    ByteBuffer.wrap(HexFormat.of().parseHex(parts[3]))));
        }
        return frames;
    }

    private static byte @Nullable [] nullable(@Nullable String text) {
        return text == null ? null : bytes(text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
