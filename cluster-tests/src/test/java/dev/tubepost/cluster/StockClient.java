package dev.tubepost.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Apache Kafka's own producer, to compare with. <em>Thread-safe.</em>
 *
 * <p>It does not say whether a message that failed may have been written: so it is always held to have said so, unless {@code send} itself throws.
 */
final class StockClient implements Client {

    private final KafkaProducer<String, String> producer;
    private final String topic;

    /** @param config what is not its default */
    StockClient(String bootstrapServers, String topic, Map<String, Object> config) {
        this.topic = topic;
        var all = new HashMap<>(config);
        all.put("bootstrap.servers", bootstrapServers);
        this.producer = new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
    }

    @Override
    public void send(Sent message) {
        var record = new ProducerRecord<String, String>(topic, message.partition, null, message.value());
        try {
            var unused = producer.send(record, (metadata, thrown) -> {
                if (thrown == null) {
                    message.delivered(metadata.offset());
                } else {
                    message.failed(true, String.valueOf(thrown));
                }
            });
        } catch (RuntimeException e) {
            message.failed(false, String.valueOf(e));
        }
    }

    /** Its own flush knows no deadline, so it has a thread of its own. */
    @Override
    public boolean flush(Duration timeout) {
        var flush = new Thread(producer::flush, "stock-flush");
        flush.setDaemon(true);
        flush.start();
        try {
            TimeUnit.MILLISECONDS.timedJoin(flush, timeout.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !flush.isAlive();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
