package dev.tubepost.testkit.broker;

import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/** What brokers do to their clients on purpose, message by message. <em>Confined to the run's thread.</em> */
public interface Hostility {

    /** As brokers should be. */
    Hostility NONE = (broker, key, version, reply) -> null;

    /**
     * What is sent instead of a reply.
     *
     * @param reply the good one, with its size
     * @return any bytes; null for the good reply
     */
    byte @Nullable [] instead(ModelBroker broker, ApiKeys key, short version, byte[] reply);

    /** May offer fewer versions than the broker knows, or nonsense. */
    default void offer(ApiVersionsResponseData answer) {}

    /** Whether a request that wants no answer gets one (F24). */
    default boolean answersUnasked() {
        return false;
    }
}
