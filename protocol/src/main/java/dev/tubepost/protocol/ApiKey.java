package dev.tubepost.protocol;

/** The messages that we speak, with the versions that we know of each. */
public enum ApiKey {
    /** From 3: the record batch format v2. 13 names topics by id (KIP-516). */
    PRODUCE(0, 3, 13, 9),
    METADATA(3, 1, 13, 9),
    /** 0 is followed by bytes that are no requests; 1 by SaslAuthenticate (KIP-152). */
    SASL_HANDSHAKE(17, 1, 1, Integer.MAX_VALUE),
    API_VERSIONS(18, 0, 5, 3),
    INIT_PRODUCER_ID(22, 0, 5, 2),
    SASL_AUTHENTICATE(36, 0, 2, 2);

    private final short id;
    private final int oldest;
    private final int newest;
    private final int firstFlexible;

    ApiKey(int id, int oldest, int newest, int firstFlexible) {
        this.id = (short) id;
        this.oldest = oldest;
        this.newest = newest;
        this.firstFlexible = firstFlexible;
    }

    /** The number on the wire. */
    public short id() {
        return id;
    }

    /** The versions that we know. */
    public VersionRange versions() {
        return new VersionRange(oldest, newest);
    }

    /** Whether that version has compact fields and tags (KIP-482). */
    public boolean isFlexible(int version) {
        return version >= firstFlexible;
    }

    /** The version of the header before a request. */
    public int requestHeaderVersion(int version) {
        return isFlexible(version) ? 2 : 1;
    }

    /** The version of the header before a response: always 0 for ApiVersions, whose reader cannot know yet what was understood (KIP-511). */
    public int responseHeaderVersion(int version) {
        return this != API_VERSIONS && isFlexible(version) ? 1 : 0;
    }
}
