package dev.tubepost.bench.load;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;

/** Any partition for each message: what our {@code RandomPartitioner} does, for Apache's producer. <em>Thread-safe.</em> */
public final class KafkaRandomPartitioner implements Partitioner {

    @Override
    @SuppressWarnings("NullAway") // keys and values may be null, whatever the interface does not say
    public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
        return ThreadLocalRandom.current().nextInt(cluster.partitionCountForTopic(topic));
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
