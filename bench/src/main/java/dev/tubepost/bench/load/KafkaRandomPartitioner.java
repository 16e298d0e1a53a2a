package dev.tubepost.bench.load;

import dev.tubepost.Partition;
import dev.tubepost.partition.RandomPartitioner;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;

/** Our {@link RandomPartitioner} for Apache's producer: both send each message to the same partition. <em>Thread-safe.</em> */
public final class KafkaRandomPartitioner implements Partitioner {

    private final RandomPartitioner turns = new RandomPartitioner();
    private volatile List<Partition> partitions = List.of();

    @Override
    @SuppressWarnings("NullAway") // keys and values may be null, whatever the interface does not say
    public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
        int count = cluster.partitionCountForTopic(topic);
        List<Partition> known = partitions;
        if (known.size() != count) {
            known = IntStream.range(0, count)
                    .mapToObj(id -> new Partition(topic, id, 0, List.of(), List.of()))
                    .toList();
            partitions = known;
        }
        return turns.partition(known, null).id();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // There is nothing to choose.
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }
}
