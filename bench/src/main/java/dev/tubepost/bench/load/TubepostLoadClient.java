package dev.tubepost.bench.load;

import dev.tubepost.Cluster;
import dev.tubepost.Compression;
import dev.tubepost.DeliveryListener;
import dev.tubepost.FailedMessage;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.partition.RandomPartitioner;
import dev.tubepost.partition.StickyPartitioner;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Our producer, through its public API alone. */
final class TubepostLoadClient implements LoadClient {

    /** More than fit into the memory bound, so that both clients are bounded by bytes. */
    private static final int MAX_QUEUED_MESSAGES = 1_000_000;

    private final Cluster cluster;
    private final Producer<byte[], byte[]> producer;
    private final boolean handles;
    private final LongAdder failures = new LongAdder();

    TubepostLoadClient(LoadOptions options, String bootstrapServers) {
        handles = options.mode().equals("handles");
        cluster = Cluster.connect(bootstrapServers);
        producer = cluster.topic(LoadClient.topic(options)).producer(producerOptions(options));
    }

    private ProducerOptions producerOptions(LoadOptions options) {
        return ProducerOptions.durable()
                .requiredAcks(options.acks())
                .linger(Duration.ofMillis(options.lingerMillis()))
                .batchBytes(options.batchBytes())
                .bufferMemory(options.bufferBytes())
                .maxQueuedMessages(MAX_QUEUED_MESSAGES)
                .minQueuedMessages(MAX_QUEUED_MESSAGES)
                .compression(compression(options.compression()))
                .partitionerFactory(
                        options.partitioner().equals("random") ? RandomPartitioner::new : StickyPartitioner::new)
                .deliveryListener(new FailureCount())
                .build();
    }

    private static Compression compression(String name) {
        return switch (name) {
            case "gzip" -> Compression.gzip();
            case "snappy" -> Compression.snappy();
            case "lz4" -> Compression.lz4();
            case "zstd" -> Compression.zstd();
            default -> Compression.none();
        };
    }

    @Override
    public @Nullable Object send(byte[] value) {
        if (handles) {
            return producer.produce(value);
        }
        producer.post(value, null);
        return null;
    }

    @Override
    public void flush() {
        if (!producer.flush(Duration.ofMinutes(1))) {
            throw new IllegalStateException("not everything was acknowledged within a minute");
        }
    }

    @Override
    public long failures() {
        return failures.sum();
    }

    @Override
    public void close() {
        producer.close();
        cluster.close();
    }

    private final class FailureCount implements DeliveryListener {
        @Override
        public void onFailure(FailedMessage message) {
            failures.increment();
        }
    }
}
