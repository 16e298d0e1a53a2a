package dev.tubepost;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a message was not delivered, as far as it can be known. <em>Immutable.</em>
 *
 * <p>One object is shared by all messages that failed together, so it has no stack trace, and nothing can be added to it. Where a
 * call throws, it throws a copy with the caller's stack trace, whose cause is the shared object.
 */
public class DeliveryException extends TubepostException {

    private static final long serialVersionUID = 1L;

    private final Details details;

    /**
     * @param message what happened to which partition, at which broker, and what to change
     * @param details the facts
     * @param cause what went wrong below, if anything did
     */
    public DeliveryException(String message, Details details, @Nullable Throwable cause) {
        this(message, details, cause, false);
    }

    DeliveryException(String message, Details details, @Nullable Throwable cause, boolean traced) {
        super(message, cause, traced);
        this.details = details;
    }

    /**
     * The facts of a failure. <em>Immutable.</em>
     *
     * @param topic the topic's name
     * @param partition the partition, or -1 if none was chosen
     * @param broker the last broker that it was sent to or waited for, as {@code broker 1 at kafka1:9092}, or null if there was none
     * @param attempts how often it was sent
     * @param elapsed from {@code produce} to the failure
     * @param timeSpent where that time went
     * @param errorCode Kafka's number of the last error that a broker answered, or 0 if none did
     * @param errorName Kafka's name for it, or {@code "NONE"}
     * @param maybeWritten whether the message may be in the log all the same
     * @param retriable whether producing the message again may succeed without any change, and cannot write it twice
     */
    public record Details(
            String topic,
            int partition,
            @Nullable String broker,
            int attempts,
            Duration elapsed,
            TimeSpent timeSpent,
            int errorCode,
            String errorName,
            boolean maybeWritten,
            boolean retriable)
            implements Serializable {

        /** Details of a message that was never sent, and that no broker answered for. */
        public static Details notSent(String topic, int partition, Duration elapsed, TimeSpent timeSpent) {
            return new Details(topic, partition, null, 0, elapsed, timeSpent, 0, "NONE", false, false);
        }
    }

    /** All facts at once. */
    public final Details details() {
        return details;
    }

    /** Whether the message may be in the log all the same; if not, producing it again cannot make a duplicate. */
    public final boolean maybeWritten() {
        return details.maybeWritten();
    }

    /** Kafka's number of the last error that a broker answered, or 0 if none did. */
    public final int errorCode() {
        return details.errorCode();
    }

    /** Kafka's name of the last error that a broker answered, as {@code NOT_LEADER_OR_FOLLOWER}, or {@code "NONE"}. */
    public final String errorName() {
        return details.errorName();
    }

    /** The topic's name. */
    public final String topic() {
        return details.topic();
    }

    /** The partition, or -1 if none was chosen. */
    public final int partition() {
        return details.partition();
    }

    /** The last broker that the message was sent to or waited for, or null if there was none. */
    public final @Nullable String broker() {
        return details.broker();
    }

    /** How often the message was sent. */
    public final int attempts() {
        return details.attempts();
    }

    /** The time from {@code produce} to the failure. */
    public final Duration elapsed() {
        return details.elapsed();
    }

    /** Where the time went. */
    public final TimeSpent timeSpent() {
        return details.timeSpent();
    }

    /**
     * Whether producing the message again may succeed without any change, and cannot write it twice: never if {@link #maybeWritten()}. Who would rather
     * have a message twice than not at all produces it again then, too.
     */
    public final boolean isRetriable() {
        return details.retriable();
    }

    /** A copy of the same type to be thrown by the calling thread: it has that thread's stack trace, and this as its cause. */
    public DeliveryException forCaller() {
        return new DeliveryException(text(), details, this, true);
    }

    final String text() {
        return String.valueOf(getMessage());
    }
}
