package dev.tubepost.internal.queue;

import dev.tubepost.FailedMessage;

/** An owner that does nothing of what it is told. */
public final class SilentOutbox implements Outbox {

    private final Admission admission;

    public SilentOutbox(Admission admission) {
        this.admission = admission;
    }

    @Override
    public Admission admission() {
        return admission;
    }

    @Override
    public void touched(PartitionQueue queue) {}

    @Override
    public void hurry() {}

    @Override
    public void follow(PartitionQueue queue) {}

    @Override
    public void adopted(PartitionQueue queue) {}

    @Override
    public void abort(PartitionQueue queue, String why, Runnable done) {}

    @Override
    public void cancelled(FailedMessage message, Runnable tell) {}
}
