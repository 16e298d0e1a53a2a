package dev.tubepost.internal.cluster;

import dev.tubepost.MetadataException;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.protocol.ErrorCode;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The exceptions with which questions about the cluster fail: what was asked for, what came instead, and what to change. Pure. */
public final class MetadataFailures {

    private MetadataFailures() {}

    /**
     * Nobody answered in time.
     *
     * @param topic whose partitions were asked for; null for all topics
     * @param nanos the request timeout
     * @param lastError what a broker answered last for the topic, or {@link ErrorCode#NONE}
     * @param trouble what kept the answer from coming, as a sentence
     */
    public static MetadataException timeout(@Nullable String topic, long nanos, ErrorCode lastError, String trouble) {
        String what = topic == null
                ? "no broker answered a metadata request"
                : "the partitions of topic " + topic + " were not known";
        String advice = lastError == ErrorCode.NONE
                ? "Check that the bootstrap servers can be reached, or raise requestTimeout."
                : "It may pass by itself, as when a topic is being created: ask again, or raise requestTimeout.";
        return new MetadataException(
                what + " within requestTimeout, " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms: " + trouble + ". "
                        + advice,
                topic,
                lastError.code(),
                lastError.name(),
                true,
                null);
    }

    /**
     * No broker lets this client in, or none can prove who it is.
     *
     * @param topic whose partitions were asked for; null for all topics
     */
    public static MetadataException accessRefused(@Nullable String topic, ConnectionLoss loss) {
        String what = topic == null
                ? "no broker takes a metadata request from this client: "
                : "the partitions of topic " + topic + " cannot be asked for: ";
        ErrorCode error = loss.error();
        return new MetadataException(what + loss.message(), topic, error.code(), error.name(), false, loss.cause());
    }

    /**
     * A broker refused the topic.
     *
     * @param by the broker that did
     * @param advice what to do about it, as a sentence
     */
    public static MetadataException topicRefused(String topic, ErrorCode error, String by, String advice) {
        return new MetadataException(
                by + " refused topic " + topic + ": " + error + " (" + error.code() + "). " + advice,
                topic,
                error.code(),
                error.name(),
                false,
                null);
    }
}
