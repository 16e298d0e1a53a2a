package dev.tubepost.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Partition;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

final class Murmur2PartitionerTest {

    @Test
    void choosesAsKafkaProducerDoes() {
        Random random = new Random(2);
        Partitioner partitioner = new Murmur2Partitioner();
        for (int i = 0; i < 10_000; i++) {
            byte[] key = new byte[random.nextInt(40)];
            random.nextBytes(key);
            int count = 1 + random.nextInt(200);
            assertThat(Murmur2Partitioner.murmur2(key)).isEqualTo(Utils.murmur2(key));
            assertThat(partitioner.partition(Partitions.of(count), key, 100).id())
                    .isEqualTo(BuiltInPartitioner.partitionForKey(key, count));
        }
    }

    @Test
    void sticksWithoutAKey() {
        Partitioner partitioner = new Murmur2Partitioner(new StickyPartitioner(1000, 7));
        List<Partition> many = Partitions.of(50);

        assertThat(IntStream.range(0, 20)
                        .map(i -> partitioner.partition(many, null, 100).id())
                        .distinct())
                .hasSize(2);
    }

    @Test
    void countsAMessageOfUnknownSizeAsOneKibibyte() {
        Partitioner partitioner = new Murmur2Partitioner(new StickyPartitioner(2048, 7));
        List<Partition> many = Partitions.of(50);

        assertThat(IntStream.range(0, 6)
                        .map(i -> partitioner.partition(many, null).id())
                        .distinct())
                .hasSize(3);
    }
}
