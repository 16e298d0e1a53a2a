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
 * @param doubtedNanos since when every answer has told of older leaders than these, or {@link #NOT_DOUBTED}
 */
public record TopicView(
        String name, UUID id, List<Partition> partitions, List<Integer> leaderEpochs, long doubtedNanos) {

    /** Stands for no time at which doubts began. */
    static final long NOT_DOUBTED = Long.MIN_VALUE;

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

    /** The leader's epoch, or -1 for a partition that is not known. */
    int leaderEpoch(int partition) {
        return partition >= 0 && partition < leaderEpochs.size() ? leaderEpochs.get(partition) : -1;
    }

    /** Whether the last answer told of older leaders than these. */
    boolean isDoubted() {
        return doubtedNanos != NOT_DOUBTED;
    }

    TopicView doubtedSince(long nanos) {
        return new TopicView(name, id, partitions, leaderEpochs, nanos);
    }

    boolean hasLeaderless() {
        for (Partition partition : partitions) {
            if (partition.leader() < 0) {
                return true;
            }
        }
        return false;
    }
}
