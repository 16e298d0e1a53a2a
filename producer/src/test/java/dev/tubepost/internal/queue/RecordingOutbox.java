package dev.tubepost.internal.queue;

import dev.tubepost.FailedMessage;
import dev.tubepost.internal.batch.BatchOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An owner that only writes down what it is told. */
public final class RecordingOutbox implements Outbox {

    public final List<String> told = new ArrayList<>();
    private final Admission admission;

    public RecordingOutbox(Admission admission) {
        this.admission = admission;
    }

    @Override
    public Admission admission() {
        return admission;
    }

    @Override
    public void touched(PartitionQueue queue) {
        told.add("touched " + queue);
    }

    @Override
    public void hurry() {
        told.add("hurry");
    }

    @Override
    public void follow(PartitionQueue queue) {
        told.add("follow " + queue);
    }

    @Override
    public void adopted(PartitionQueue queue) {
        told.add("adopted " + queue);
    }

    @Override
    public void abort(PartitionQueue queue, CutOff why, Runnable done) {
        told.add("abort " + queue);
    }

    @Override
    public void refuse(PartitionQueue queue, Refusal refusal) {
        told.add("refuse " + queue);
    }

    @Override
    public void inquire(PartitionQueue queue, BatchOutcome outcome, Consumer<@Nullable Standing> answer) {
        told.add("inquire " + queue);
    }

    @Override
    public void cancelled(FailedMessage message, Runnable tell) {
        told.add("cancelled " + message.topic() + "-" + message.partition());
    }
}
