package dev.tubepost.bench.server;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;

/** A topic: for each partition, the offset that comes next. <em>Thread-safe.</em> */
final class ServedTopic {

    final String name;
    final UUID id;
    private final AtomicLongArray nextOffsets;

    ServedTopic(String name, UUID id, int partitions) {
        this.name = name;
        this.id = id;
        this.nextOffsets = new AtomicLongArray(partitions);
    }

    int partitions() {
        return nextOffsets.length();
    }

    /** The first record's offset. */
    long append(int partition, int recordCount) {
        return nextOffsets.getAndAdd(partition, recordCount);
    }
}
