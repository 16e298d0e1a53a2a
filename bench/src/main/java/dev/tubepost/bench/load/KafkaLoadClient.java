package dev.tubepost.bench.load;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Apache's producer, with the options that are the same as ours, and idempotence off. Its {@code send} always makes a future; in both
 * modes one callback for all counts the failures.
 */
final class KafkaLoadClient implements LoadClient {

    private final KafkaProducer<byte[], byte[]> producer;
    private final LongAdder failures = new LongAdder();
    private final Callback callback = (metadata, exception) -> {
        if (exception != null) {
            failures.increment();
        }
    };
    private final String topic;

    KafkaLoadClient(LoadOptions options, String bootstrapServers) {
        topic = LoadClient.topic(options);
        producer = new KafkaProducer<>(
                properties(options, bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> properties(LoadOptions options, String bootstrapServers) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.ACKS_CONFIG, Integer.toString(options.acks()),
                ProducerConfig.LINGER_MS_CONFIG, options.lingerMillis(),
                ProducerConfig.BATCH_SIZE_CONFIG, options.batchBytes(),
                ProducerConfig.BUFFER_MEMORY_CONFIG, options.bufferBytes(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG, options.compression(),
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false));
        if (options.partitioner().equals("random")) { // the one built in is sticky
            properties.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, KafkaRandomPartitioner.class.getName());
        }
        return properties;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the server counts what arrived
    public Object send(byte[] value) {
        return producer.send(new ProducerRecord<>(topic, value), callback);
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
    public void close() {
        producer.close();
    }
}
