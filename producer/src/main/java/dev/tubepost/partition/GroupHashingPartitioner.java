package dev.tubepost.partition;

import dev.tubepost.Partition;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Spreads equal keys over a group of neighbouring partitions, so that one heavy key does not fill one partition: the partition at
 * place {@code abs(hash(key) + r) mod n}, in the order of ids, with r at random from 0 to group size - 1. Messages with equal keys
 * keep no order. <em>Thread-safe.</em>
 */
public final class GroupHashingPartitioner implements Partitioner {

    private final KeyHash hash;
    private final int groupSize;
    private final IntUnaryOperator random;

    /**
     * @param hash the hash of keys; there is no default
     * @param groupSize how many partitions share a key: 1 or more, and not more than the topic has
     * @throws IllegalArgumentException if the group size is less than 1
     */
    public GroupHashingPartitioner(KeyHash hash, int groupSize) {
        this(hash, groupSize, bound -> ThreadLocalRandom.current().nextInt(bound));
    }

    /**
     * As {@link #GroupHashingPartitioner(KeyHash, int)}, with chance from elsewhere.
     *
     * @param random given a bound, returns a number from 0 to bound - 1; must be thread-safe
     */
    public GroupHashingPartitioner(KeyHash hash, int groupSize, IntUnaryOperator random) {
        if (groupSize < 1) {
            throw new IllegalArgumentException("groupSize = " + groupSize + ": must be 1 or more");
        }
        this.hash = Objects.requireNonNull(
                hash, "hash: GroupHashingPartitioner has no default, pass KeyHash.sha1() or your own");
        this.groupSize = groupSize;
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the key is null, or if the topic has fewer partitions than the group
     */
    @Override
    public Partition partition(List<Partition> partitions, byte @Nullable [] key) {
        byte[] bytes = HashingPartitioner.required(key, "GroupHashingPartitioner");
        int count = partitions.size();
        if (groupSize > count) {
            throw new IllegalArgumentException(
                    "groupSize = " + groupSize + ": must be at most the topic's number of partitions, " + count);
        }
        return partitions.get(hash.place(bytes, random.applyAsInt(groupSize), count));
    }
}
