package dev.tubepost.cli;

import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryListener;
import dev.tubepost.FailedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what becomes of each message: counts it, and writes what failed to the rejects. <em>Thread-safe.</em> Every message that
 * was read arrives here exactly once: in a delivered batch, as a failure, or refused at the call.
 *
 * @param tally the counts
 * @param rejects where failed messages are written, or null
 */
record Outcomes(Tally tally, @Nullable Rejects rejects) implements DeliveryListener {

    @Override
    public void onDelivered(DeliveredBatch batch) {
        tally.delivered(batch);
    }

    @Override
    public void onFailure(FailedMessage message) {
        DeliveryException failure = message.failure();
        String error = failure.errorCode() == 0 ? nameOf(failure) : failure.errorName();
        String text = textOf(failure);
        tally.failed(error, text, bytes(message.key()) + bytes(message.value()), failure.maybeWritten());
        if (rejects != null) {
            rejects.write(new Rejects.Reject(
                    error,
                    text,
                    failure.maybeWritten(),
                    message.partition(),
                    new LineFormat.Fields(message.key(), message.value()),
                    null));
        }
    }

    /** The producer refused a line, and nothing of it was queued. */
    void refused(RuntimeException reason, LineFormat.Fields fields, Rejects.Line line) {
        tally.failed(nameOf(reason), textOf(reason), line.bytes(), false);
        if (rejects != null) {
            rejects.write(new Rejects.Reject(nameOf(reason), textOf(reason), false, -1, fields, line));
        }
    }

    private static String nameOf(Exception failure) {
        return failure.getClass().getSimpleName().replaceFirst("Exception$", "");
    }

    private static String textOf(Exception failure) {
        String text = failure.getMessage();
        return text == null ? failure.getClass().getName() : text;
    }

    static long bytes(byte @Nullable [] field) {
        return field == null ? 0 : field.length;
    }
}
