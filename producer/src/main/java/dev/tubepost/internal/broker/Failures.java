package dev.tubepost.internal.broker;

import dev.tubepost.AuthenticationFailedException;
import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryTimeoutException;
import dev.tubepost.MessageCancelledException;
import dev.tubepost.MessageRejectedException;
import dev.tubepost.TimeSpent;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.internal.queue.CutOff;
import dev.tubepost.internal.queue.Refusal;
import dev.tubepost.internal.queue.Standing;
import dev.tubepost.protocol.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The exceptions with which batches fail: what happened, where, where the time went, and what to change. Pure. */
final class Failures {

    private Failures() {}

    /** The delivery timeout is over. */
    static DeliveryException timeout(RecordBatch batch, Standing standing, long nowNanos) {
        DeliveryException.Details details =
                details(batch, standing, ErrorCode.NONE, batch.hasUnknownAttempt(), true, nowNanos);
        return new DeliveryTimeoutException(
                where(batch) + " was not acknowledged within the delivery timeout: "
                        + details.timeSpent().describe() + "; "
                        + attempts(batch) + "; " + standing.trouble() + ". "
                        + Advice.on(details.timeSpent().largest(), Advice.Limit.DELIVERY),
                details,
                null);
    }

    /** The delivery timeout is over while a request carries the batch. */
    static DeliveryException timeoutInFlight(RecordBatch batch, Standing standing, long nowNanos) {
        DeliveryException.Details details = details(batch, standing, ErrorCode.NONE, true, true, nowNanos);
        return new DeliveryTimeoutException(
                where(batch) + " was sent to " + standing.broker()
                        + ", which had not answered when the delivery timeout was over: "
                        + details.timeSpent().describe() + "; " + attempts(batch)
                        + "; it may be written all the same. "
                        + Advice.on(TimeSpent.Phase.IN_FLIGHT, Advice.Limit.DELIVERY),
                details,
                null);
    }

    /** The broker refused the batch, or it ran out of retries. */
    static DeliveryException refused(
            RecordBatch batch,
            String broker,
            ErrorCode error,
            @Nullable String brokerText,
            boolean maybeWritten,
            boolean retriable,
            String whatHappened,
            long nowNanos) {
        DeliveryException.Details details = details(batch, broker, error, maybeWritten, retriable, nowNanos);
        String text = where(batch) + ": " + broker + " " + whatHappened
                + (brokerText == null ? "" : " (\"" + brokerText + "\")")
                + "; " + attempts(batch) + ", "
                + details.timeSpent().describe() + (maybeWritten ? "; it may be written all the same" : "") + ". "
                + Advice.on(error);
        return Refusals.of(error, text, details, null);
    }

    /** What it holds cannot be produced, as was found while it waited or was in flight. */
    static DeliveryException unsendable(RecordBatch batch, Standing standing, Refusal refusal, long nowNanos) {
        boolean maybeWritten = batch.mayBeWritten();
        DeliveryException.Details details =
                details(batch, standing, refusal.error(), maybeWritten, refusal.retriable(), nowNanos);
        String text = where(batch) + " was not acknowledged: " + refusal.why() + "; " + attempts(batch) + ", "
                + details.timeSpent().describe() + (maybeWritten ? "; it may be written all the same" : "") + ". "
                + refusal.advice();
        return Refusals.of(refusal.error(), text, details, null);
    }

    /** The broker refused the batch for this record. */
    static DeliveryException culprit(
            RecordBatch batch,
            String broker,
            ErrorCode error,
            @Nullable String brokerText,
            boolean maybeWritten,
            long nowNanos) {
        return new MessageRejectedException(
                "a message for " + place(batch) + ": " + broker + " answered " + ErrorText.of(error.code())
                        + " for this message" + (brokerText == null ? "" : " (\"" + brokerText + "\")") + "; "
                        + attempts(batch) + ". " + Advice.on(error),
                details(batch, broker, error, maybeWritten, false, nowNanos),
                null);
    }

    /** The broker refused the batch for other records. */
    static DeliveryException neighbour(
            RecordBatch batch, String broker, ErrorCode error, int culprits, boolean maybeWritten, long nowNanos) {
        return new MessageRejectedException(
                "a message for " + place(batch) + ": " + broker + " answered " + ErrorText.of(error.code()) + " for "
                        + culprits + " other message" + (culprits == 1 ? "" : "s")
                        + " of its batch, and takes all of a batch or none; " + attempts(batch)
                        + ". Nothing is wrong with this one as far as the broker said"
                        + (maybeWritten
                                ? ", but an earlier attempt may have written it: producing it again may write it twice."
                                : ": produce it again."),
                details(batch, broker, error, maybeWritten, true, nowNanos),
                null);
    }

    /**
     * The batch may be written, and no broker can say any more whether it is.
     *
     * @param recreated whether the topic was deleted and created again
     */
    static DeliveryException unresolved(RecordBatch batch, String broker, boolean recreated, long nowNanos) {
        DeliveryException.Details details =
                details(batch, broker, ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, true, true, nowNanos);
        return new MessageRejectedException(
                where(batch) + " may be written, or not: an attempt had no answer, and "
                        + (recreated
                                ? "the topic was deleted and created again since"
                                : broker + " does not know any more what was sent before it")
                        + "; " + attempts(batch) + ", " + details.timeSpent().describe()
                        + ". Producing it again may write it twice.",
                details,
                null);
    }

    /** The broker does not let us in, or cannot prove who it is. */
    static DeliveryException accessRefused(
            RecordBatch batch, @Nullable String broker, ConnectionLoss loss, long nowNanos) {
        boolean maybeWritten = batch.hasUnknownAttempt();
        return new AuthenticationFailedException(
                where(batch) + " was not acknowledged: " + loss.message() + "; " + attempts(batch)
                        + (maybeWritten ? "; it may be written all the same" : ""),
                details(batch, broker, loss.error(), maybeWritten, false, nowNanos),
                loss.cause());
    }

    /** There is no producer id, and asking again will not help. */
    static DeliveryException noProducerId(RecordBatch batch, String broker, ErrorCode error, long nowNanos) {
        DeliveryException.Details details = details(batch, broker, error, batch.hasUnknownAttempt(), false, nowNanos);
        String text = where(batch) + ": " + broker + " gave no producer id, which idempotent = true needs: " + error
                + " (" + error.code() + "). ";
        return switch (error) {
            case UNSUPPORTED_VERSION ->
                new MessageRejectedException(
                        text + "The broker is too old for it (before Kafka 0.11): give idempotent = false.",
                        details,
                        null);
            case CLUSTER_AUTHORIZATION_FAILED ->
                new AuthenticationFailedException(
                        text
                                + "Brokers before Kafka 2.8 need the permission IdempotentWrite on the cluster: grant it, or give"
                                + " idempotent = false.",
                        details,
                        null);
            default -> new MessageRejectedException(text + Advice.on(error), details, null);
        };
    }

    /** A stop ended before. */
    static DeliveryException cutOff(RecordBatch batch, Standing standing, CutOff cutOff, long nowNanos) {
        boolean maybeWritten = batch.mayBeWritten();
        DeliveryException.Details details = details(batch, standing, ErrorCode.NONE, maybeWritten, true, nowNanos);
        return new DeliveryTimeoutException(
                where(batch) + " was not acknowledged: " + cutOff.why() + ": "
                        + details.timeSpent().describe() + "; " + attempts(batch) + "; " + standing.trouble()
                        + (maybeWritten ? "; it may be written all the same. " : ". ")
                        + Advice.on(cutOff, details.timeSpent().largest()),
                details,
                null);
    }

    /** Of a batch of which every message was taken back: nobody is left to be told. */
    static DeliveryException cancelled(RecordBatch batch, long nowNanos) {
        var nobody = new Standing(null, "", batch.clock().read(nowNanos));
        return new MessageCancelledException(
                "every message of a batch for " + place(batch) + " was cancelled before it was sent",
                details(batch, nobody, ErrorCode.NONE, false, false, nowNanos),
                null);
    }

    private static DeliveryException.Details details(
            RecordBatch batch,
            @Nullable String broker,
            ErrorCode error,
            boolean maybeWritten,
            boolean retriable,
            long nowNanos) {
        var standing = new Standing(broker, "", batch.clock().read(nowNanos));
        return details(batch, standing, error, maybeWritten, retriable, nowNanos);
    }

    private static DeliveryException.Details details(
            RecordBatch batch,
            Standing standing,
            ErrorCode error,
            boolean maybeWritten,
            boolean retriable,
            long nowNanos) {
        BatchOutcome outcome = batch.outcome();
        return new DeliveryException.Details(
                outcome.topic(),
                outcome.partition(),
                standing.broker(),
                outcome.attempts(),
                Duration.ofNanos(Math.max(0, nowNanos - batch.acceptedNanos())),
                standing.spent(),
                error.code(),
                error.name(),
                maybeWritten,
                retriable && !maybeWritten);
    }

    private static String where(RecordBatch batch) {
        int messages = batch.recordCount();
        return (messages == 1 ? "a message" : "a batch of " + messages + " messages") + " for " + place(batch);
    }

    private static String place(RecordBatch batch) {
        return batch.outcome().topic() + "-" + batch.outcome().partition();
    }

    private static String attempts(RecordBatch batch) {
        int attempts = batch.outcome().attempts();
        return attempts == 0 ? "never sent" : attempts == 1 ? "1 attempt" : attempts + " attempts";
    }
}
