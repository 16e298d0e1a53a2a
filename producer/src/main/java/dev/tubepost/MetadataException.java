package dev.tubepost;

import org.jspecify.annotations.Nullable;

/**
 * A question about the cluster was not answered: what {@link Topic#partitions()}, {@link Cluster#topics()} and {@link Cluster#update()} fail with,
 * whatever the reason. No broker answered within {@link ClusterOptions#requestTimeout()}, or the topic does not exist or may not be described, or no
 * broker lets this client in. <em>Immutable.</em>
 */
public final class MetadataException extends TubepostException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String topic;
    private final int errorCode;
    private final String errorName;
    private final boolean retriable;

    /**
     * @param message what was asked for, what came instead, and what to change
     * @param topic the topic that was asked for, or null if it was all or none
     * @param errorCode Kafka's number of the error that a broker answered last, or 0 if none did
     * @param errorName Kafka's name for it, or {@code "NONE"}
     * @param retriable whether asking again may succeed without any change
     * @param cause what went wrong below, if anything did
     */
    public MetadataException(
            String message,
            @Nullable String topic,
            int errorCode,
            String errorName,
            boolean retriable,
            @Nullable Throwable cause) {
        super(message, cause);
        this.topic = topic;
        this.errorCode = errorCode;
        this.errorName = errorName;
        this.retriable = retriable;
    }

    /** The topic that was asked for, or null if it was all or none. */
    public @Nullable String topic() {
        return topic;
    }

    /** Kafka's number of the error that a broker answered last, or 0 if none did. */
    public int errorCode() {
        return errorCode;
    }

    /** Kafka's name of the error that a broker answered last, as {@code TOPIC_AUTHORIZATION_FAILED}, or {@code "NONE"}. */
    public String errorName() {
        return errorName;
    }

    /** Whether asking again may succeed without any change. */
    public boolean isRetriable() {
        return retriable;
    }
}
