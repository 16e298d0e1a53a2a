package dev.tubepost.internal.broker;

import dev.tubepost.internal.cluster.TopicView;
import dev.tubepost.internal.net.Call;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.ProduceResponse;
import dev.tubepost.protocol.WireReader;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One Produce request. <em>Confined to the worker's actor.</em> */
final class ProduceCall extends Call {

    /** What the worker does when it is over; exactly one of the three is called. */
    interface Worker {
        void onAnswer(ProduceCall call, ProduceResponse answer);

        /** With acks 0: the kernel took the last byte. */
        void onSent(ProduceCall call);

        void onCallLost(ProduceCall call, ConnectionLoss loss);
    }

    private final Worker worker;
    private final List<Flight> flights;
    private final Map<UUID, String> namesById;
    private final ByteBuffer[] frame;

    ProduceCall(
            Worker worker,
            int version,
            boolean expectsReply,
            List<Flight> flights,
            Map<UUID, String> namesById,
            ByteBuffer[] frame) {
        super(ApiKey.PRODUCE, version, expectsReply);
        this.worker = worker;
        this.flights = flights;
        this.namesById = namesById;
        this.frame = frame;
    }

    /** The topics' names by the ids that were sent; a topic may have another id by the time of the reply. */
    Map<UUID, String> namesById() {
        return namesById;
    }

    /** The ids that were meant, by the topics' names; topics that have none are left out. */
    Map<String, UUID> idsByName() {
        Map<String, UUID> ids = new HashMap<>();
        namesById.forEach((id, name) -> {
            if (!id.equals(TopicView.NO_ID)) {
                ids.put(name, id);
            }
        });
        return ids;
    }

    /** The batches that it carries. */
    List<Flight> flights() {
        return flights;
    }

    @Override
    protected ByteBuffer[] frame() {
        return frame;
    }

    @Override
    protected void onWritten() {
        if (!expectsReply()) {
            worker.onSent(this);
        }
    }

    @Override
    protected void onReply(WireReader body) {
        worker.onAnswer(this, ProduceResponse.read(body, version()));
    }

    @Override
    protected void onLost(ConnectionLoss loss) {
        worker.onCallLost(this, loss);
    }
}
