package dev.tubepost.cli;

import org.jspecify.annotations.Nullable;

/**
 * A real Kafka inside this process, as seen from outside its class loader. <em>Confined to the main thread.</em> Only types of the JDK and
 * of this file cross the border.
 */
public interface EmbeddedBroker extends AutoCloseable {

    /** Where it listens. */
    String bootstrapServers();

    /** Makes a topic. */
    void createTopic(String name, int partitions);

    /**
     * Reads all of a topic with Apache's own consumer, in order within each partition.
     *
     * @param expected how many messages must be there at least; those that were sent without being acknowledged may be late, and are
     *     waited for, within a bound
     */
    void readBack(String topic, long expected, Reader reader);

    /** Ends it, and removes its files. */
    @Override
    void close();

    /** Told each message. */
    @FunctionalInterface
    interface Reader {

        /** The next message; {@code headerNames} and {@code headerValues} are of the same length. */
        void read(
                int partition,
                byte @Nullable [] key,
                byte @Nullable [] value,
                String[] headerNames,
                byte[] @Nullable [] headerValues);
    }
}
