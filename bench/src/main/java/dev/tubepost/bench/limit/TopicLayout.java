package dev.tubepost.bench.limit;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;

/**
 * A topic, and where its partitions are. <em>Immutable.</em>
 *
 * @param leaders each partition's leader, by partition
 */
record TopicLayout(String name, UUID id, List<InetSocketAddress> leaders) {

    int partitions() {
        return leaders.size();
    }
}
