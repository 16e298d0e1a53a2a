package dev.tubepost.bench.load;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.Compression;
import dev.tubepost.DeliveryListener;
import dev.tubepost.Draft;
import dev.tubepost.FailedMessage;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.partition.Partitioner;
import dev.tubepost.partition.RandomPartitioner;
import dev.tubepost.partition.StickyPartitioner;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TrustSource;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Our producer, through its public API alone. */
final class TubepostLoadClient implements LoadClient {

    /** More than fit into the memory bound, so that both clients are bounded by bytes. */
    private static final int MAX_QUEUED_MESSAGES = 1_000_000;

    private static final Set<Compression.Type> NO_LEVELS = EnumSet.of(Compression.Type.NONE, Compression.Type.SNAPPY);

    private final Cluster cluster;
    private final Producer<byte[], byte[]> producer;
    private final boolean posts;
    private final boolean takesFutures;
    private final Keys keys;
    private final LongAdder failures = new LongAdder();

    TubepostLoadClient(ClientOptions options, String bootstrapServers) {
        posts = options.mode().equals("post");
        takesFutures = options.mode().equals("futures");
        keys = new Keys(options);
        cluster = Cluster.connect(ClusterOptions.builder(bootstrapServers)
                .tls(options.hasTls() ? tls(options) : null)
                .build());
        producer = cluster.topic(options.topic()).producer(producerOptions(options));
    }

    private static TlsOptions tls(ClientOptions options) {
        return TlsOptions.builder().trust(TrustSource.pem(options.trust())).build();
    }

    private ProducerOptions producerOptions(ClientOptions options) {
        if (options.ownDefaults()) {
            return ProducerOptions.durable()
                    .deliveryListener(new FailureCount())
                    .build();
        }
        return ProducerOptions.durable()
                .requiredAcks(options.acks().equals("all") ? -1 : Integer.parseInt(options.acks()))
                .idempotent(options.idempotent())
                .linger(Duration.ofMillis(options.lingerMillis()))
                .batchBytes(options.batchBytes())
                .maxRequestSize(options.maxRequestBytes())
                .bufferMemory(options.bufferBytes())
                .maxQueuedMessages(MAX_QUEUED_MESSAGES)
                .minQueuedMessages(MAX_QUEUED_MESSAGES)
                .compression(compression(options))
                .partitionerFactory(() -> partitioner(options))
                .deliveryListener(new FailureCount())
                .build();
    }

    /** The sticky one stays as long as kafka-clients' does: for a batch's bytes. */
    private static Partitioner partitioner(ClientOptions options) {
        return options.spreadsEach() ? new RandomPartitioner() : new StickyPartitioner(options.batchBytes());
    }

    private static Compression compression(ClientOptions options) {
        boolean level = options.hasLevel();
        return switch (options.compression()) {
            case "gzip" -> level ? Compression.gzip(options.level()) : Compression.gzip();
            case "snappy" -> Compression.snappy();
            case "lz4" -> level ? Compression.lz4(options.level()) : Compression.lz4();
            case "zstd" -> level ? Compression.zstd(options.level()) : Compression.zstd();
            default -> Compression.none();
        };
    }

    @Override
    public @Nullable Object send(byte[] value) {
        if (keys.areUsed()) {
            Draft<byte[], byte[]> draft = producer.draft(value).key(keys.next());
            for (int i = 0; i < keys.headers(); i++) {
                draft.header(Keys.HEADER, keys.headerValue());
            }
            return observed(draft.produce());
        }
        if (posts) {
            producer.post(value, null);
            return null;
        }
        return observed(producer.produce(value));
    }

    private Object observed(Message<byte[], byte[]> message) {
        return takesFutures ? whenDelivered(message, CompletedCount.EVERY_MESSAGE) : message;
    }

    @Override
    public void send(byte[] value, int partition, Runnable acknowledged) {
        var unused = whenDelivered(producer.draft(value).partition(partition).produce(), acknowledged);
    }

    @Override
    public Handle sendForHandle(byte[] value, int partition) {
        Message<byte[], byte[]> message =
                producer.draft(value).partition(partition).produce();
        return () -> {
            if (!message.await(Duration.ofMinutes(1)) || message.failure() != null) {
                throw new ExecutionException("no acknowledgement", message.failure());
            }
        };
    }

    private static CompletableFuture<?> whenDelivered(Message<byte[], byte[]> message, Runnable then) {
        return message.delivered().whenComplete((delivered, failure) -> then.run());
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
    public Map<String, String> settings() {
        Object inside = LiveSettings.of(producer, "inside", Object.class);
        ProducerOptions live = LiveSettings.of(inside, "options", ProducerOptions.class);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("requiredAcks", live.requiredAcks() == -1 ? "all" : Integer.toString(live.requiredAcks()));
        settings.put("idempotent", Boolean.toString(live.idempotent()));
        settings.put("linger", live.linger().toMillis() + " ms");
        settings.put("batchBytes", Integer.toString(live.batchBytes()));
        settings.put("bufferMemory", Long.toString(live.bufferMemory()));
        settings.put("maxRequestSize", Integer.toString(live.maxRequestSize()));
        settings.put("maxInFlightRequests", Integer.toString(live.maxInFlightRequests()));
        settings.put("maxQueuedMessages", Integer.toString(live.maxQueuedMessages()));
        settings.put("compression", live.compression().type().name().toLowerCase(Locale.ROOT));
        if (!NO_LEVELS.contains(live.compression().type())) {
            settings.put("compressionLevel", Integer.toString(live.compression().level()));
        }
        Object choice = LiveSettings.of(inside, "choice", Object.class);
        Partitioner partitioner = LiveSettings.of(choice, "partitioner", Partitioner.class);
        settings.put("partitioner", partitioner.getClass().getSimpleName());
        if (partitioner instanceof StickyPartitioner) {
            settings.put(
                    "stickyBytes",
                    LiveSettings.of(partitioner, "stickyBytes", Integer.class).toString());
        }
        return settings;
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
