package dev.tubepost.bench.jmh;

import dev.tubepost.Partition;
import dev.tubepost.partition.HashingPartitioner;
import dev.tubepost.partition.Murmur2Partitioner;
import dev.tubepost.partition.Partitioner;
import dev.tubepost.partition.RandomPartitioner;
import dev.tubepost.partition.StickyPartitioner;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The choice of a partition; with {@code -t 4}, by four callers of one producer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PartitionerBenchmark {

    private static final int MESSAGE_BYTES = 136;

    @Param({"random", "sticky", "hashing", "murmur2"})
    public String partitioner = "random";

    @Param({"6", "1000"})
    public int partitions = 6;

    private final byte[] key = "user-4711-region".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private List<Partition> all = List.of();
    private Partitioner chooser = new RandomPartitioner();

    @Setup
    public void make() {
        all = IntStream.range(0, partitions)
                .mapToObj(id -> new Partition("topic", id, 1, List.of(1), List.of(1)))
                .toList();
        chooser = switch (partitioner) {
            case "sticky" -> new StickyPartitioner();
            case "hashing" -> new HashingPartitioner();
            case "murmur2" -> new Murmur2Partitioner();
            default -> new RandomPartitioner();
        };
    }

    @Benchmark
    public Partition choose() {
        return chooser.partition(all, key, MESSAGE_BYTES);
    }
}
