package dev.tubepost.testkit.broker;

import org.apache.kafka.common.protocol.ApiKeys;

/** What a release of Kafka says in ApiVersions, for the messages that a producer sends. <em>Immutable.</em> */
public enum VersionProfile {
    KAFKA_2_1(7, 7, 2, 1),
    KAFKA_2_8(9, 11, 3, 4),
    KAFKA_3_9(11, 12, 4, 5),
    /** From 4.0 on, Produce 0 to 2 are offered and not understood, for the sake of an old client (KAFKA-18659). */
    KAFKA_4_4(13, 13, 5, 5),
    /** A service that takes messages by a topic's id, and does not tell the ids (F30). */
    AZURE_LIKE(13, 9, 3, 4);

    private final short produce;
    private final short metadata;
    private final short apiVersions;
    private final short initProducerId;

    VersionProfile(int produce, int metadata, int apiVersions, int initProducerId) {
        this.initProducerId = (short) initProducerId;
        this.produce = (short) produce;
        this.metadata = (short) metadata;
        this.apiVersions = (short) apiVersions;
    }

    /** The newest version of a message, or -1 if a producer has no use for it. */
    short newest(ApiKeys key) {
        return switch (key) {
            case PRODUCE -> produce;
            case METADATA -> metadata;
            case API_VERSIONS -> apiVersions;
            case INIT_PRODUCER_ID -> initProducerId;
            case SASL_HANDSHAKE -> 1;
            case SASL_AUTHENTICATE -> (short) (this == KAFKA_2_1 ? 0 : 2);
            default -> -1;
        };
    }

    /** Whether a producer without state is an error (before KIP-360, Kafka 2.4). */
    boolean answersUnknownProducerId() {
        return this == KAFKA_2_1;
    }

    boolean knows(ApiKeys key, short version) {
        return version >= 0 && version <= newest(key);
    }
}
