package dev.tubepost.partition;

import dev.tubepost.Partition;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends equal keys to the same partition, as long as the number of partitions stays: the partition at place
 * {@code abs(hash(key)) mod n}, in the order of ids. <em>Thread-safe.</em>
 *
 * <p>By default the hash is SHA-1, as the specification has it; a topic that KafkaProducer writes to as well needs the
 * {@link Murmur2Partitioner}.
 */
public final class HashingPartitioner implements Partitioner {

    private final KeyHash hash;

    /** Hashes with SHA-1. */
    public HashingPartitioner() {
        this(KeyHash.sha1());
    }

    /** Hashes with a function of your own. */
    public HashingPartitioner(KeyHash hash) {
        this.hash = Objects.requireNonNull(hash, "hash");
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the key is null: without a key there is nothing to choose by
     */
    @Override
    public Partition partition(List<Partition> partitions, byte @Nullable [] key) {
        return partitions.get(hash.place(required(key, "HashingPartitioner"), 0, partitions.size()));
    }

    static byte[] required(byte @Nullable [] key, String partitioner) {
        if (key == null) {
            throw new IllegalArgumentException(
                    partitioner
                            + " chooses by the key, and this message has none: give it a key or a partition, or use RandomPartitioner or Murmur2Partitioner");
        }
        return key;
    }
}
