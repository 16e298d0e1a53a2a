package dev.tubepost.bench.load;

import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;

/**
 * What our {@code RandomPartitioner} does, for Apache's producer: one partition after the other, and threads that have met take their turns apart, 64
 * messages for each partition. Said once more, since nothing of ours is on the class path of that client. <em>Thread-safe.</em>
 */
public final class KafkaRandomPartitioner implements Partitioner {

    private static final int STRIPES = 8;
    private static final int RUN_BITS = 6;
    private static final int APART = 1024;

    /** From one turn to the next: two cache lines. */
    private static final int STRIDE = 128 / Integer.BYTES;

    private final AtomicIntegerArray turns = new AtomicIntegerArray((STRIPES + 3) * STRIDE);
    private volatile boolean isContended;

    @Override
    @SuppressWarnings("NullAway") // keys and values may be null, whatever the interface does not say
    public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
        return (turn() & Integer.MAX_VALUE) % cluster.partitionCountForTopic(topic);
    }

    private int turn() {
        if (!isContended) {
            int last = turns.get(STRIDE);
            if (turns.compareAndSet(STRIDE, last, last + 1)) {
                return last + 1;
            }
            isContended = true;
        }
        int stripe = (int) Thread.currentThread().getId() & (STRIPES - 1);
        int turn = turns.incrementAndGet((stripe + 2) * STRIDE);
        if ((turn & (APART - 1)) == 0) {
            isContended = false;
        }
        return stripe + (turn >>> RUN_BITS);
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // There is nothing to choose.
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }
}
