package dev.tubepost.bench.suite;

import dev.tubepost.testkit.embedded.EmbeddedKafka;
import java.util.Map;
import java.util.UUID;

/** A fresh topic of the real Kafka, deleted afterwards: its log is kept in memory. */
final class KafkaServed implements Served {

    private final EmbeddedKafka kafka;
    private final String topic = "load-" + UUID.randomUUID();

    KafkaServed(EmbeddedKafka kafka, int partitions) {
        this.kafka = kafka;
        kafka.createTopic(topic, partitions);
    }

    @Override
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public Map<String, Double> arrived() {
        long records = kafka.endOffsets(topic).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return Map.of("records", (double) records);
    }

    @Override
    public void close() {
        kafka.deleteTopic(topic);
    }
}
