package dev.tubepost.internal.broker;

import dev.tubepost.internal.cluster.ClusterActor;
import dev.tubepost.internal.cluster.ProducerIdAnswer;
import dev.tubepost.internal.delivery.Sequences;
import dev.tubepost.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The producer id of an idempotent session. <em>Thread-safe.</em> Epochs are raised by each partition for itself, without a broker; an id
 * is asked for at the start, and when a partition has used up the epochs of the one it has. The others keep theirs.
 */
public final class LocalIdentity {

    private record ProducerId(long id, short epoch) {}

    private final ClusterActor cluster;
    private final Consumer<ProducerIdAnswer> asker = this::onAnswer;
    private volatile @Nullable ProducerId current;

    // ---- confined to the cluster actor ----
    private final List<Consumer<ProducerIdAnswer>> waiting = new ArrayList<>();

    public LocalIdentity(ClusterActor cluster) {
        this.cluster = cluster;
    }

    /** Begins to use the id there is, if that is not spent; whether it did. */
    boolean tryBegin(Sequences sequences, int firstSequence) {
        ProducerId id = current;
        if (id == null || id.id() == sequences.spentId()) {
            return false;
        }
        sequences.begin(id.id(), id.epoch(), firstSequence);
        return true;
    }

    /** Asks for the first id before anybody needs it. */
    public void prefetch() {
        ask(Sequences.NO_ID, answer -> {});
    }

    /**
     * Asks for an id other than the spent one. Those who ask at the same time share the answer.
     *
     * @param told run on the cluster actor
     */
    void ask(long spentId, Consumer<ProducerIdAnswer> told) {
        cluster.actor().post(() -> {
            ProducerId id = current;
            if (id != null && id.id() != spentId) {
                told.accept(new ProducerIdAnswer(ErrorCode.NONE, id.id(), id.epoch(), ""));
                return;
            }
            waiting.add(told);
            if (waiting.size() == 1) {
                cluster.wantProducerId(asker);
            }
        });
    }

    /** The session is closed: nobody needs an id any more. */
    public void abandon() {
        cluster.abandonProducerId(asker);
    }

    private void onAnswer(ProducerIdAnswer answer) {
        if (answer.error() == ErrorCode.NONE) {
            current = new ProducerId(answer.producerId(), answer.epoch());
        }
        List<Consumer<ProducerIdAnswer>> told = List.copyOf(waiting);
        waiting.clear();
        for (Consumer<ProducerIdAnswer> each : told) {
            each.accept(answer);
        }
    }
}
