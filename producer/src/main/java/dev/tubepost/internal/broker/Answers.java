package dev.tubepost.internal.broker;

import dev.tubepost.protocol.ProduceResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the answer for each batch by what was sent (F25, F26): a partition that is missing has none, one that was never sent is not looked
 * at, and of two the first counts. <em>Confined to one reply.</em>
 *
 * <p>As a rule a broker answers in the order in which it was asked, so the next answer is looked at first; a map is made when it is not that.
 */
final class Answers {

    private record Named(String topic, ProduceResponse.Partition answer) {
        boolean isOf(Flight flight) {
            return answer.index() == flight.queue().partition()
                    && topic.equals(flight.queue().topic());
        }
    }

    private final List<Named> inOrder = new ArrayList<>();
    private int next;
    private boolean nameLeaders;
    private @Nullable Map<String, Map<Integer, ProduceResponse.Partition>> byTopic;

    /**
     * @param namesById the topics that were asked for, by the ids that were sent
     */
    Answers(ProduceResponse response, Map<UUID, String> namesById) {
        for (ProduceResponse.Topic topic : response.topics()) {
            String name = topic.name().isEmpty() ? namesById.get(topic.id()) : topic.name();
            if (name != null) {
                for (ProduceResponse.Partition partition : topic.partitions()) {
                    inOrder.add(new Named(name, partition));
                    nameLeaders |= partition.leaderId() >= 0;
                }
            }
        }
    }

    /** Whether any of them says who leads the partition now. */
    boolean nameLeaders() {
        return nameLeaders;
    }

    /** The broker's answer for the batch, or null if the reply has none. */
    ProduceResponse.@Nullable Partition of(Flight flight) {
        if (next < inOrder.size() && inOrder.get(next).isOf(flight)) {
            return inOrder.get(next++).answer();
        }
        Map<Integer, ProduceResponse.Partition> partitions =
                byTopic().get(flight.queue().topic());
        return partitions == null ? null : partitions.get(flight.queue().partition());
    }

    private Map<String, Map<Integer, ProduceResponse.Partition>> byTopic() {
        Map<String, Map<Integer, ProduceResponse.Partition>> all = byTopic;
        if (all == null) {
            all = new HashMap<>();
            for (Named named : inOrder) {
                all.computeIfAbsent(named.topic(), topic -> new HashMap<>())
                        .putIfAbsent(named.answer().index(), named.answer());
            }
            byTopic = all;
        }
        return all;
    }
}
