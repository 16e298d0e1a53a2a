package dev.tubepost.partition;

import dev.tubepost.Partition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses as KafkaProducer does: equal keys go to the same partition, at place {@code (murmur2(key) & 0x7fffffff) mod n}; messages
 * without a key stick to a partition for a while ({@link StickyPartitioner}). <em>Thread-safe.</em>
 *
 * <p>For topics that other Java producers write to as well, or that are joined with such topics.
 */
public final class Murmur2Partitioner implements Partitioner {

    private static final int SEED = 0x9747b28c;
    private static final int M = 0x5bd1e995;
    private static final int R = 24;

    private final StickyPartitioner keyless;

    /** For one producer, with the {@link StickyPartitioner}'s default size. */
    public Murmur2Partitioner() {
        this(new StickyPartitioner());
    }

    /** @param keyless chooses for messages without a key */
    public Murmur2Partitioner(StickyPartitioner keyless) {
        this.keyless = keyless;
    }

    @Override
    public Partition partition(List<Partition> partitions, byte @Nullable [] key) {
        return partition(partitions, key, StickyPartitioner.ASSUMED_BYTES);
    }

    @Override
    public Partition partition(List<Partition> partitions, byte @Nullable [] key, int messageBytes) {
        return key == null
                ? keyless.partition(partitions, null, messageBytes)
                : partitions.get((murmur2(key) & 0x7fffffff) % partitions.size());
    }

    /** Austin Appleby's MurmurHash2 in 32 bits, with the seed that KafkaProducer uses. */
    static int murmur2(byte[] data) {
        int hash = SEED ^ data.length;
        int tail = data.length & ~3;
        for (int i = 0; i < tail; i += 4) {
            int k = (data[i] & 0xff) | ((data[i + 1] & 0xff) << 8) | ((data[i + 2] & 0xff) << 16) | (data[i + 3] << 24);
            k *= M;
            k ^= k >>> R;
            k *= M;
            hash = (hash * M) ^ k;
        }
        if (tail < data.length) {
            for (int i = data.length - 1; i >= tail; i--) {
                hash ^= (data[i] & 0xff) << ((i - tail) * Byte.SIZE);
            }
            hash *= M;
        }
        hash ^= hash >>> 13;
        hash *= M;
        return hash ^ (hash >>> 15);
    }
}
