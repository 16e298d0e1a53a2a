package dev.tubepost.internal.broker;

import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.cluster.ClusterView;
import dev.tubepost.internal.cluster.TopicView;
import dev.tubepost.internal.net.Connection;
import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.ProduceRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes one request of drained batches. Pure, but for the batches' seal. */
final class RequestAssembly {

    /** What a request takes beside batches: frame, header, acks; and per batch: topic, partition, lengths. Never more. */
    static final int REQUEST_OVERHEAD = 64;

    private static final int PARTITION_OVERHEAD = 16;
    private static final int TOPIC_OVERHEAD = 24;

    /** The first version that names topics by id (KIP-516). */
    private static final int FIRST_WITH_IDS = 13;

    private RequestAssembly() {}

    /** The most bytes that a batch adds to a request. */
    static int sizeOf(RecordBatch batch) {
        return batch.wireBytes()
                + PARTITION_OVERHEAD
                + TOPIC_OVERHEAD
                + batch.outcome().topic().length();
    }

    /** The most bytes of a batch that fits a request alone. */
    static int largestBatch(int maxRequestBytes, String clientId, String topic) {
        return maxRequestBytes
                - REQUEST_OVERHEAD
                - PARTITION_OVERHEAD
                - TOPIC_OVERHEAD
                - 3 * clientId.length()
                - topic.length();
    }

    /** The request for drained batches; its version is the newest that the connection allows and the topics' ids allow. */
    static ProduceCall assemble(
            ProduceCall.Worker worker,
            Connection connection,
            ProduceSettings settings,
            ClusterView view,
            List<Flight> flights) {
        Map<String, List<ProduceRequest.Partition>> byTopic = new LinkedHashMap<>();
        for (Flight flight : flights) {
            RecordBatch batch = flight.batch();
            List<ProduceRequest.Partition> partitions =
                    byTopic.get(batch.outcome().topic());
            if (partitions == null) {
                partitions = new ArrayList<>();
                byTopic.put(batch.outcome().topic(), partitions);
            }
            partitions.add(new ProduceRequest.Partition(batch.outcome().partition(), batch.wire(), batch.wireBytes()));
        }
        var topics = new ArrayList<ProduceRequest.Topic>(byTopic.size());
        Map<UUID, String> namesById = new HashMap<>();
        for (Map.Entry<String, List<ProduceRequest.Partition>> entry : byTopic.entrySet()) {
            UUID id = idOf(view, entry.getKey());
            namesById.put(id, entry.getKey());
            topics.add(new ProduceRequest.Topic(entry.getKey(), id, entry.getValue()));
        }
        int version = connection.version(ApiKey.PRODUCE);
        if (version >= FIRST_WITH_IDS && namesById.containsKey(TopicView.NO_ID)) {
            version = FIRST_WITH_IDS - 1;
        }
        var request = new ProduceRequest(null, settings.acks(), settings.ackTimeoutMillis(), topics);
        ByteBuffer[] frame = request.frame(version, settings.clientId());
        return new ProduceCall(worker, version, settings.acks() != 0, flights, namesById, frame);
    }

    private static UUID idOf(ClusterView view, String topic) {
        TopicView known = view.topic(topic);
        return known == null ? TopicView.NO_ID : known.id();
    }
}
