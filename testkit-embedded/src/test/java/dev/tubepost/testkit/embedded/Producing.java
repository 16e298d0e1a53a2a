package dev.tubepost.testkit.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Immutable. Puts messages into topics with Apache's producer. */
final class Producing {
    private Producing() {}

    /** Returns when all are acknowledged by all replicas. */
    static void send(EmbeddedKafka kafka, List<ProducerRecord<String, String>> records) throws Exception {
        try (var producer = new KafkaProducer<>(config(kafka), new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
            for (var record : records) {
                acknowledged.add(producer.send(record));
            }
            for (var future : acknowledged) {
                future.get(30, TimeUnit.SECONDS);
            }
        }
    }

    /** So many values {@code first}, {@code first + 1} and so on to one partition. */
    static void sendNumbers(EmbeddedKafka kafka, String topic, int partition, int first, int count) throws Exception {
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(new ProducerRecord<>(topic, partition, null, Integer.toString(first + i)));
        }
        send(kafka, records);
    }

    static Map<String, Object> config(EmbeddedKafka kafka) {
        return Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all", "max.block.ms", 20_000);
    }
}
