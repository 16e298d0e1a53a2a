package dev.tubepost.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tubepost.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StickyPartitionerTest {

    private static int[] choices(Partitioner partitioner, List<Partition> partitions, int count, int messageBytes) {
        return IntStream.range(0, count)
                .map(i -> partitioner.partition(partitions, null, messageBytes).id())
                .toArray();
    }

    @Test
    void staysUntilAPartitionHasHadItsBytesThenGoesToAnother() {
        int[] chosen = choices(new StickyPartitioner(1000, 1), Partitions.of(5), 3000, 250);

        for (int i = 0; i < chosen.length; i++) {
            if (i % 4 != 0) {
                assertThat(chosen[i]).as("message %d", i).isEqualTo(chosen[i - 1]);
            } else if (i > 0) {
                assertThat(chosen[i]).as("message %d", i).isNotEqualTo(chosen[i - 1]);
            }
        }
    }

    @Test
    void givesEachPartitionAboutTheSame() {
        int[] chosen = choices(new StickyPartitioner(100, 3), Partitions.of(10), 100_000, 100);
        int[] counts = new int[10];
        for (int place : chosen) {
            counts[place]++;
        }

        assertThat(counts).satisfies(all -> assertThat(IntStream.of(all)).allMatch(n -> n > 9_500 && n < 10_500));
    }

    @Test
    void theSameSeedMakesTheSameChoices() {
        assertThat(choices(new StickyPartitioner(1, 9), Partitions.of(20), 100, 1))
                .isEqualTo(choices(new StickyPartitioner(1, 9), Partitions.of(20), 100, 1))
                .isNotEqualTo(choices(new StickyPartitioner(1, 10), Partitions.of(20), 100, 1));
    }

    @Test
    void staysWithTheOnlyPartition() {
        assertThat(choices(new StickyPartitioner(10, 1), Partitions.of(1), 50, 7))
                .containsOnly(0);
    }

    @Test
    void takesAMessageLargerThanItsBytes() {
        int[] chosen = choices(new StickyPartitioner(10, 1), Partitions.of(2), 6, Integer.MAX_VALUE);

        assertThat(chosen).contains(0, 1);
        assertThat(chosen[1]).isNotEqualTo(chosen[2]);
    }

    @Test
    void avoidsPartitionsWithoutALeaderWhileOthersHaveOne() {
        List<Partition> oneLed =
                List.of(Partitions.led(0, -1), Partitions.led(1, -1), Partitions.led(2, 4), Partitions.led(3, -1));

        assertThat(choices(new StickyPartitioner(10, 1), oneLed, 50, 7)).contains(2);
        assertThat(List.of(0L, 1L, 2L, 3L, 4L))
                .allSatisfy(seed -> assertThat(choices(new StickyPartitioner(1 << 20, seed), oneLed, 5, 7))
                        .containsOnly(2));
    }

    @Test
    void leavesAPartitionThatLosesItsLeader() {
        Partitioner partitioner = new StickyPartitioner(1 << 20, 1);
        List<Partition> two = Partitions.of(2);
        int first = partitioner.partition(two, null, 1).id();
        List<Partition> oneLost =
                List.of(Partitions.led(0, first == 0 ? -1 : 1), Partitions.led(1, first == 1 ? -1 : 1));

        assertThat(partitioner.partition(oneLost, null, 1).id()).isEqualTo(1 - first);
    }

    @Test
    void staysWhereNoPartitionHasALeader() {
        List<Partition> unled = List.of(Partitions.led(0, -1), Partitions.led(1, -1), Partitions.led(2, -1));

        assertThat(IntStream.of(choices(new StickyPartitioner(1 << 20, 5), unled, 20, 1))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void choosesAnewWhenThePartitionIsGone() {
        Partitioner partitioner = new StickyPartitioner(1 << 20, 1);
        choices(partitioner, Partitions.of(1000), 5, 1);

        assertThat(choices(partitioner, Partitions.of(1), 5, 1)).containsOnly(0);
    }

    @Test
    void refusesNoBytes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StickyPartitioner(0))
                .withMessage("stickyBytes = 0: must be 1 or more");
    }

    @Test
    void losesNoBytesUnderManyThreads() throws InterruptedException {
        StickyPartitioner partitioner = new StickyPartitioner(1000, 11);
        List<Partition> ten = Partitions.of(10);
        AtomicIntegerArray counts = new AtomicIntegerArray(10);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 10_000; i++) {
                    counts.incrementAndGet(partitioner.partition(ten, null, 100).id());
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        // 40,000 messages of 100 bytes in turns of exactly ten, whoever sent them
        assertThat(IntStream.range(0, 10).map(counts::get)).allMatch(count -> count % 10 == 0);
        assertThat(IntStream.range(0, 10).map(counts::get).sum()).isEqualTo(40_000);
    }
}
