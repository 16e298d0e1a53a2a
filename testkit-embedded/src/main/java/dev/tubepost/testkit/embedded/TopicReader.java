package dev.tubepost.testkit.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Immutable. Reads a topic from its beginning to where it ended when the reading began, with Apache's consumer and without a group. */
final class TopicReader {
    /** How long one poll waits; between polls the end and the deadline are checked. */
    private static final Duration POLL = Duration.ofMillis(100);

    private final String bootstrapServers;
    private final String topic;
    private final Deadline deadline;

    TopicReader(String bootstrapServers, String topic, Deadline deadline) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.deadline = deadline;
    }

    /** In offset order within each partition; returns how many messages there were. */
    long read(Collection<TopicPartition> partitions, boolean committedOnly, Consumer<? super ReadMessage> sink) {
        try (var consumer = ContextLoader.with(() -> new KafkaConsumer<byte[], byte[]>(config(committedOnly)))) {
            consumer.assign(partitions);
            var ends = ends(consumer, partitions);
            consumer.seekToBeginning(partitions);
            return readTo(ends, consumer, sink);
        } catch (KafkaException e) {
            throw new EmbeddedKafkaException("Could not read topic " + topic + " from " + bootstrapServers, e);
        }
    }

    /** Asks twice, since only the second answer is sure: {@link TopicAdmin#endOffsets}. */
    private Map<TopicPartition, Long> ends(
            KafkaConsumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        try {
            consumer.endOffsets(partitions, deadline.left());
            return consumer.endOffsets(partitions, deadline.left());
        } catch (TimeoutException e) {
            throw new EmbeddedKafkaException(
                    "Could not learn the end offsets of " + new TreeSet<>(names(partitions)) + " within "
                            + deadline.allowed() + "; is the leader of each running?",
                    e);
        }
    }

    private long readTo(
            Map<TopicPartition, Long> ends,
            KafkaConsumer<byte[], byte[]> consumer,
            Consumer<? super ReadMessage> sink) {
        Map<TopicPartition, Long> open = new HashMap<>(ends);
        long count = 0;
        try {
            while (true) {
                open.entrySet().removeIf(end -> position(consumer, end.getKey()) >= end.getValue());
                if (open.isEmpty()) {
                    return count;
                }
                if (deadline.isOver()) {
                    throw new EmbeddedKafkaException(missing(open, consumer, count));
                }
                for (var record : consumer.poll(POLL)) {
                    // Beyond the end stands what was written after the reading began.
                    if (record.offset()
                            < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                        sink.accept(message(record));
                        count++;
                    }
                }
            }
        } catch (TimeoutException e) {
            throw new EmbeddedKafkaException(missing(open, consumer, count), e);
        }
    }

    private long position(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        return consumer.position(partition, deadline.left());
    }

    private String missing(Map<TopicPartition, Long> open, KafkaConsumer<byte[], byte[]> consumer, long count) {
        List<String> places = new ArrayList<>();
        open.forEach(
                (partition, end) -> places.add(partition + " up to offset " + end + positionText(consumer, partition)));
        places.sort(null);
        return "Read " + count + " messages of topic " + topic + " within " + deadline.allowed() + ", but not "
                + String.join(", ", places);
    }

    private static String positionText(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        try {
            return " (stands at " + consumer.position(partition, Duration.ZERO) + ")";
        } catch (KafkaException e) {
            return " (its beginning is not known)";
        }
    }

    private static ReadMessage message(ConsumerRecord<byte[], byte[]> record) {
        List<ReadMessage.Header> headers = new ArrayList<>();
        for (var header : record.headers()) {
            headers.add(new ReadMessage.Header(header.key(), header.value()));
        }
        return new ReadMessage(
                record.partition(), record.offset(), record.key(), record.value(), headers, record.timestamp());
    }

    private Map<String, Object> config(boolean committedOnly) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrapServers);
        config.put("key.deserializer", ByteArrayDeserializer.class);
        config.put("value.deserializer", ByteArrayDeserializer.class);
        config.put("isolation.level", committedOnly ? "read_committed" : "read_uncommitted");
        config.put("allow.auto.create.topics", "false");
        config.put("enable.auto.commit", "false");
        config.put("enable.metrics.push", "false");
        config.put("metric.reporters", "");
        return config;
    }

    private static List<String> names(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::toString).toList();
    }
}
