package dev.tubepost.internal.cluster;

import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.MetadataResponse;

/** A topic that is kept up to date. <em>Confined to the cluster actor.</em> */
final class TopicInterest {

    /** Whether the next request asks for it. */
    boolean due;

    /** Whether waiting will not help; it is asked for again when it is wanted again. */
    boolean refused;

    /** Since when every answer said that no broker knows the topic; 0 for not now. */
    long unknownSinceNanos;

    /** Takes an answer; true if the topic is to be asked for again. */
    boolean judge(ErrorCode error, MetadataResponse.Topic topic, long nowNanos) {
        switch (error) {
            case NONE -> {
                unknownSinceNanos = 0;
                return topic.partitions().isEmpty()
                        || topic.partitions().stream().anyMatch(partition -> partition.leaderId() < 0);
            }
            case INVALID_TOPIC_EXCEPTION, TOPIC_AUTHORIZATION_FAILED -> {
                refused = true;
                return false;
            }
            case UNKNOWN_TOPIC_OR_PARTITION -> {
                if (unknownSinceNanos == 0) {
                    unknownSinceNanos = nowNanos == 0 ? 1 : nowNanos;
                }
                refused = nowNanos - unknownSinceNanos >= ClusterActor.UNKNOWN_PATIENCE_NANOS;
                return !refused;
            }
            default -> {
                unknownSinceNanos = 0;
                return true;
            }
        }
    }
}
