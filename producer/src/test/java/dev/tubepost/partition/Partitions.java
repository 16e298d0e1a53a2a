package dev.tubepost.partition;

import dev.tubepost.Partition;
import java.util.List;
import java.util.stream.IntStream;

/** Lists of partitions to choose from. */
final class Partitions {

    private Partitions() {}

    /** The partitions 0 to {@code count - 1}, each with a leader. */
    static List<Partition> of(int count) {
        return IntStream.range(0, count).mapToObj(id -> led(id, 1)).toList();
    }

    static Partition led(int id, int leader) {
        return new Partition("t", id, leader, List.of(1), List.of(1));
    }
}
