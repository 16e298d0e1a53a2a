package dev.tubepost.internal.broker;

import dev.tubepost.protocol.ProduceResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the answer for each batch by what was sent (F25, F26): a partition that is missing has none, one that was never sent is not looked
 * at, and of two the first counts. <em>Confined to one reply.</em>
 */
final class Answers {

    private final Map<String, Map<Integer, ProduceResponse.Partition>> byTopic = new HashMap<>();

    /**
     * @param namesById the topics that were asked for, by the ids that were sent
     */
    Answers(ProduceResponse response, Map<UUID, String> namesById) {
        for (ProduceResponse.Topic topic : response.topics()) {
            String name = topic.name().isEmpty() ? namesById.get(topic.id()) : topic.name();
            if (name != null) {
                Map<Integer, ProduceResponse.Partition> partitions =
                        byTopic.computeIfAbsent(name, key -> new HashMap<>());
                topic.partitions().forEach(partition -> partitions.putIfAbsent(partition.index(), partition));
            }
        }
    }

    /** The broker's answer for the batch, or null if the reply has none. */
    ProduceResponse.@Nullable Partition of(Flight flight) {
        Map<Integer, ProduceResponse.Partition> partitions =
                byTopic.get(flight.queue().topic());
        return partitions == null ? null : partitions.get(flight.queue().partition());
    }
}
