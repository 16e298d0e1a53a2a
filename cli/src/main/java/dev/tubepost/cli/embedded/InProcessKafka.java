package dev.tubepost.cli.embedded;

import dev.tubepost.cli.EmbeddedBroker;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.time.Duration;
import java.util.List;

/** Apache Kafka, one broker, in this process. <em>Confined to the main thread.</em> */
public final class InProcessKafka implements EmbeddedBroker {

    /** How long messages that nobody acknowledged may take to appear. */
    private static final Duration LATE = Duration.ofSeconds(10);

    private static final Duration READING = Duration.ofHours(1);

    private final EmbeddedKafka kafka = EmbeddedKafka.start(1);

    @Override
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    public void createTopic(String name, int partitions) {
        kafka.createTopic(name, partitions);
    }

    @Override
    public void readBack(String topic, long expected, Reader reader) {
        long giveUpNanos = System.nanoTime() + LATE.toNanos();
        while (inTopic(topic) < expected && System.nanoTime() < giveUpNanos) {
            Thread.onSpinWait(); // each look is a round trip to the broker, so this does not spin
        }
        kafka.forEach(topic, READING, message -> read(message, reader));
    }

    private long inTopic(String topic) {
        return kafka.endOffsets(topic).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static void read(ReadMessage message, Reader reader) {
        List<ReadMessage.Header> headers = message.headers();
        String[] names = headers.stream().map(ReadMessage.Header::name).toArray(String[]::new);
        byte[][] values = headers.stream().map(ReadMessage.Header::value).toArray(byte[][]::new);
        reader.read(message.partition(), message.key(), message.value(), names, values);
    }

    @Override
    public void close() {
        kafka.close();
    }
}
