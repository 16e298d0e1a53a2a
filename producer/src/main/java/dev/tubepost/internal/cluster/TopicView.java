package dev.tubepost.internal.cluster;

import dev.tubepost.Partition;
import java.util.List;
import java.util.UUID;

/**
 * A topic as the metadata last told it. <em>Immutable.</em>
 *
 * @param name the topic's name
 * @param id the topic's id, or {@link #NO_ID} from a broker that has none (KIP-516)
 * @param partitions sorted by id, without gaps from 0
 * @param leaderEpochs by partition; -1 where the broker did not tell
 */
public record TopicView(String name, UUID id, List<Partition> partitions, List<Integer> leaderEpochs) {

    /** The id that stands for none. */
    public static final UUID NO_ID = new UUID(0, 0);

    public TopicView {
        partitions = List.copyOf(partitions);
        leaderEpochs = List.copyOf(leaderEpochs);
    }

    /** The leader's node id, or -1. */
    public int leader(int partition) {
        return partition < partitions.size() ? partitions.get(partition).leader() : -1;
    }

    boolean hasLeaderless() {
        return partitions.stream().anyMatch(partition -> partition.leader() < 0);
    }
}
