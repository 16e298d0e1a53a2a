package dev.tubepost.bench.load;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Apache's producer, with the options that are the same as ours. Its {@code send} always makes a future; where none is looked at, one callback for
 * all messages counts the failures.
 */
final class KafkaLoadClient implements LoadClient {

    /** What is shown of its settings. */
    private static final List<String> SHOWN = List.of(
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.LINGER_MS_CONFIG,
            ProducerConfig.BATCH_SIZE_CONFIG,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG);

    private static final List<String> NO_LEVELS = List.of("NONE", "SNAPPY");

    private final KafkaProducer<byte[], byte[]> producer;
    private final LongAdder failures = new LongAdder();
    private final Callback callback = (metadata, exception) -> count(exception);
    private final String topic;
    private final boolean callbackEach;
    private final Keys keys;

    KafkaLoadClient(ClientOptions options, String bootstrapServers) {
        topic = options.topic();
        callbackEach = options.mode().equals("futures");
        keys = new Keys(options);
        producer = new KafkaProducer<>(
                properties(options, bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> properties(ClientOptions options, String bootstrapServers) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        if (options.hasTls()) {
            properties.put("security.protocol", "SSL");
            properties.put("ssl.truststore.type", "PEM");
            properties.put("ssl.truststore.location", options.trust().toString());
        }
        if (options.ownDefaults()) {
            return properties;
        }
        properties.putAll(Map.of(
                ProducerConfig.ACKS_CONFIG, options.acks(),
                ProducerConfig.LINGER_MS_CONFIG, options.lingerMillis(),
                ProducerConfig.BATCH_SIZE_CONFIG, options.batchBytes(),
                ProducerConfig.BUFFER_MEMORY_CONFIG, options.bufferBytes(),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, options.maxRequestBytes(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG, options.compression(),
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, options.idempotent()));
        if (options.hasLevel()) {
            properties.put("compression." + options.compression() + ".level", options.level());
        }
        if (options.spreadsEach()) { // the one built in is sticky
            properties.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, KafkaRandomPartitioner.class.getName());
        }
        return properties;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the server counts what arrived
    public Object send(byte[] value) {
        var message = new ProducerRecord<byte[], byte[]>(topic, keys.areUsed() ? keys.next() : null, value);
        for (int i = 0; i < keys.headers(); i++) {
            message.headers().add(Keys.HEADER, keys.headerValue());
        }
        return producer.send(message, callbackEach ? each(CompletedCount.EVERY_MESSAGE) : callback);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void send(byte[] value, int partition, Runnable acknowledged) {
        producer.send(new ProducerRecord<>(topic, partition, null, value), each(acknowledged));
    }

    @Override
    public Handle sendForHandle(byte[] value, int partition) {
        return producer.send(new ProducerRecord<>(topic, partition, null, value), callback)::get;
    }

    private Callback each(Runnable then) {
        return (metadata, exception) -> {
            count(exception);
            then.run();
        };
    }

    private void count(@Nullable Exception exception) {
        if (exception != null) {
            failures.increment();
        }
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public long failures() {
        return failures.sum();
    }

    @Override
    public Map<String, String> settings() {
        ProducerConfig live = LiveSettings.of(producer, "producerConfig", ProducerConfig.class);
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : SHOWN) {
            Object value = live.values().get(name);
            settings.put(
                    name, value instanceof Class<?> partitioner ? partitioner.getSimpleName() : String.valueOf(value));
        }
        Compression compression = LiveSettings.of(producer, "compression", Compression.class);
        if (!NO_LEVELS.contains(compression.type().name())) {
            settings.put(
                    "compression.level",
                    LiveSettings.of(compression, "level", Integer.class).toString());
        }
        return settings;
    }

    @Override
    public void close() {
        producer.close();
    }
}
