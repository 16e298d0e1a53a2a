package dev.tubepost;

import dev.tubepost.partition.HashingPartitioner;
import dev.tubepost.partition.Murmur2Partitioner;
import dev.tubepost.partition.Partitioner;
import dev.tubepost.partition.RandomPartitioner;
import dev.tubepost.partition.StickyPartitioner;
import java.util.Locale;
import java.util.function.Supplier;

/** The partitioners that options may name; each makes a fresh one for each producer. */
enum StockPartitioner implements Supplier<Partitioner> {
    RANDOM,
    HASHING,
    MURMUR2,
    STICKY;

    @Override
    public Partitioner get() {
        return switch (this) {
            case RANDOM -> new RandomPartitioner();
            case HASHING -> new HashingPartitioner();
            case MURMUR2 -> new Murmur2Partitioner();
            case STICKY -> new StickyPartitioner();
        };
    }

    static StockPartitioner named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
