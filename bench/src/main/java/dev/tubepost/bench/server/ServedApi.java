package dev.tubepost.bench.server;

import org.jspecify.annotations.Nullable;

/** What the server says that it answers. <em>Immutable.</em> */
enum ServedApi {
    PRODUCE(0, 3, 13, 9),
    /** Told, and not answered: librdkafka sends today's record batches only to who says that it can be read from by today's consumers. */
    FETCH(1, 4, 11, 12),
    METADATA(3, 1, 13, 9),
    API_VERSIONS(18, 0, 5, 3),
    /** Told, and not answered: librdkafka compresses with LZ4 only for who says that it has it. */
    FIND_COORDINATOR(10, 0, 6, 3),
    INIT_PRODUCER_ID(22, 0, 4, 2);

    private static final ServedApi[] ALL = values();

    final int key;
    final int oldest;
    final int newest;
    private final int firstFlexible;

    ServedApi(int key, int oldest, int newest, int firstFlexible) {
        this.key = key;
        this.oldest = oldest;
        this.newest = newest;
        this.firstFlexible = firstFlexible;
    }

    static @Nullable ServedApi of(int key) {
        for (ServedApi api : ALL) {
            if (api.key == key) {
                return api;
            }
        }
        return null;
    }

    /** The oldest that it tells of: Produce from 0, as Kafka 4.4 does, for without it librdkafka silently compresses with neither gzip nor snappy. */
    int oldestTold() {
        return this == PRODUCE ? 0 : oldest;
    }

    boolean serves(int version) {
        return oldest <= version && version <= newest;
    }

    boolean isFlexible(int version) {
        return version >= firstFlexible;
    }

    /** ApiVersions' answer has the oldest header in all versions (KIP-511). */
    boolean hasTagsInResponseHeader(int version) {
        return this != API_VERSIONS && isFlexible(version);
    }
}
