package dev.tubepost.protocol;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for brokers, topics and leaders.
 *
 * @param topics the topics' names, or null for all
 * @param allowAutoTopicCreation whether the broker may create what does not exist; before version 4 it always may
 */
public record MetadataRequest(@Nullable List<String> topics, boolean allowAutoTopicCreation) {

    public static MetadataRequest forTopics(@Nullable Collection<String> topics, boolean allowAutoTopicCreation) {
        return new MetadataRequest(topics == null ? null : List.copyOf(topics), allowAutoTopicCreation);
    }

    /** The request's whole frame. */
    public ByteBuffer frame(int version, String clientId) {
        var writer = new WireWriter(ApiKey.METADATA.isFlexible(version));
        RequestHeader.write(writer, ApiKey.METADATA, version, clientId);
        List<String> asked = topics;
        writer.arrayLength(asked == null ? -1 : asked.size());
        if (asked != null) {
            for (String topic : asked) {
                if (version >= 10) {
                    writer.int64(0); // no topic id: we ask by name
                    writer.int64(0);
                }
                writer.string(topic);
                writer.noTags();
            }
        }
        if (version >= 4) {
            writer.bool(allowAutoTopicCreation);
        }
        if (version >= 8 && version <= 10) {
            writer.bool(false); // the cluster's authorized operations
        }
        if (version >= 8) {
            writer.bool(false); // the topics' authorized operations
        }
        writer.noTags();
        return RequestHeader.frame(writer);
    }
}
