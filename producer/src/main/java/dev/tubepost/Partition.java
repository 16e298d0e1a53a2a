package dev.tubepost;

import java.util.List;

/**
 * A partition of a topic, as the metadata last told. <em>Immutable.</em>
 *
 * @param topic the topic's name
 * @param id the partition's number, from 0
 * @param leader the leader's node id, or -1 if it has none now
 * @param replicas the node ids of all replicas
 * @param isr the node ids of the replicas that are in sync
 */
public record Partition(String topic, int id, int leader, List<Integer> replicas, List<Integer> isr) {

    public Partition {
        replicas = List.copyOf(replicas);
        isr = List.copyOf(isr);
    }
}
