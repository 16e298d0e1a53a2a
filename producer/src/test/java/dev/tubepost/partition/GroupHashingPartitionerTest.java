package dev.tubepost.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GroupHashingPartitionerTest {

    private static final byte[] KEY = {1, 2, 3};

    @ParameterizedTest
    @CsvSource({"1, 16", "2, 16", "4, 16", "16, 16", "1, 1"})
    void choosesWithinTheGroupAndInTimeAllOfIt(int groupSize, int partitions) {
        Partitioner partitioner = new GroupHashingPartitioner(KeyHash.ofLong(key -> -14), groupSize);
        Set<Integer> group = IntStream.range(0, groupSize)
                .map(r -> Math.abs(-14 + r) % partitions)
                .boxed()
                .collect(Collectors.toSet());
        Set<Integer> chosen = IntStream.range(0, 1000)
                .map(i -> partitioner.partition(Partitions.of(partitions), KEY).id())
                .boxed()
                .collect(Collectors.toSet());

        assertThat(chosen).isEqualTo(group);
    }

    @Test
    void takesAllOfAnUnsignedHashesGroup() {
        Partitioner first = new GroupHashingPartitioner(KeyHash.sha1(), 4, bound -> 0);
        Partitioner last = new GroupHashingPartitioner(KeyHash.sha1(), 4, bound -> bound - 1);
        int start = first.partition(Partitions.of(16), KEY).id();

        assertThat(last.partition(Partitions.of(16), KEY).id()).isEqualTo((start + 3) % 16);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void refusesAGroupOfLessThanOne(int groupSize) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GroupHashingPartitioner(KeyHash.sha1(), groupSize))
                .withMessage("groupSize = " + groupSize + ": must be 1 or more");
    }

    @Test
    void refusesAGroupLargerThanTheTopic() {
        Partitioner partitioner = new GroupHashingPartitioner(KeyHash.sha1(), 17);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> partitioner.partition(Partitions.of(16), KEY))
                .withMessage("groupSize = 17: must be at most the topic's number of partitions, 16");
    }

    @Test
    void refusesAMissingHash() {
        assertThatNullPointerException()
                .isThrownBy(() -> new GroupHashingPartitioner(missing(), 1))
                .withMessageContaining("KeyHash.sha1()");
    }

    @SuppressWarnings("NullAway") // what a caller without null checks may do
    private static KeyHash missing() {
        return null;
    }

    @Test
    void refusesAMessageWithoutAKey() {
        Partitioner partitioner = new GroupHashingPartitioner(KeyHash.sha1(), 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> partitioner.partition(Partitions.of(3), null))
                .withMessageStartingWith("GroupHashingPartitioner chooses by the key");
    }
}
