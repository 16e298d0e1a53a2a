package dev.tubepost.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RandomPartitionerTest {

    private static final int THREADS = 4;

    @Test
    void takesOneAfterTheOtherFromTheSecondOn() {
        Partitioner partitioner = new RandomPartitioner();
        List<Partition> three = Partitions.of(3);

        assertThat(IntStream.range(0, 7)
                        .map(i -> partitioner.partition(three, null).id()))
                .containsExactly(1, 2, 0, 1, 2, 0, 1);
    }

    @Test
    void goesOnFromWhereItIsWhenTheNumberOfPartitionsChanges() {
        Partitioner partitioner = new RandomPartitioner();
        partitioner.partition(Partitions.of(6), null);
        partitioner.partition(Partitions.of(6), null);
        partitioner.partition(Partitions.of(6), null);

        assertThat(partitioner.partition(Partitions.of(3), null).id()).isEqualTo(1); // (3 + 1) mod 3
        assertThat(partitioner.partition(Partitions.of(1), null).id()).isZero();
    }

    @Test
    void ignoresKeys() {
        Partitioner partitioner = new RandomPartitioner();

        assertThat(partitioner.partition(Partitions.of(3), new byte[] {1}, 10).id())
                .isEqualTo(1);
        assertThat(partitioner.partition(Partitions.of(3), new byte[] {1}, 10).id())
                .isEqualTo(2);
    }

    @Test
    void goesOnWhereAnotherThreadWas() throws InterruptedException {
        Partitioner partitioner = new RandomPartitioner();
        List<Partition> three = Partitions.of(3);
        assertThat(partitioner.partition(three, null).id()).isEqualTo(1);
        List<Integer> others = new ArrayList<>();
        Thread other =
                new Thread(() -> others.add(partitioner.partition(three, null).id()));
        other.start();
        other.join();

        assertThat(others).containsExactly(2);
        assertThat(partitioner.partition(three, null).id()).isZero();
    }

    @Test
    void spreadsEvenlyUnderManyThreads() throws InterruptedException {
        Partitioner partitioner = new RandomPartitioner();
        List<Partition> eight = Partitions.of(8);
        AtomicIntegerArray counts = new AtomicIntegerArray(8);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 8000; i++) {
                    counts.incrementAndGet(partitioner.partition(eight, null).id());
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(IntStream.range(0, 8).map(counts::get))
                .allMatch(count -> Math.abs(count - 4000) <= THREADS * RandomPartitioner.RUN);
        assertThat(IntStream.range(0, 8).map(counts::get).sum()).isEqualTo(32_000);
    }

    @Test
    void staysWithEachPartitionForARunOnceTwoThreadsHaveMet() {
        var partitioner = new RandomPartitioner();
        List<Partition> three = Partitions.of(3);
        partitioner.isContended = true;
        int first = partitioner.partition(three, null).id();

        assertThat(IntStream.range(1, 4 * RandomPartitioner.RUN - 1)
                        .map(i -> partitioner.partition(three, null).id()))
                .containsExactlyElementsOf(IntStream.range(1, 4 * RandomPartitioner.RUN - 1)
                        .map(i -> (first + (i + 1) / RandomPartitioner.RUN) % 3)
                        .boxed()
                        .toList());
    }

    @Test
    void takesOneAfterTheOtherAgainOnceOneThreadIsLeft() {
        var partitioner = new RandomPartitioner();
        List<Partition> eight = Partitions.of(8);
        partitioner.isContended = true;
        for (int i = 0; i < RandomPartitioner.APART; i++) { // it has its turns apart that long
            partitioner.partition(eight, null);
        }

        int before = partitioner.partition(eight, null).id();
        assertThat(IntStream.range(0, 100)
                        .map(i -> partitioner.partition(eight, null).id()))
                .containsExactlyElementsOf(IntStream.range(0, 100)
                        .map(i -> (before + 1 + i) % 8)
                        .boxed()
                        .toList());
    }
}
