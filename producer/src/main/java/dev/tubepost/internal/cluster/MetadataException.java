package dev.tubepost.internal.cluster;

import dev.tubepost.TubepostException;

/** No broker answered a metadata request; the message says what went wrong last. */
final class MetadataException extends TubepostException {

    private static final long serialVersionUID = 1L;

    private MetadataException(String message) {
        super(message, null);
    }

    static MetadataException timeout(String trouble) {
        return new MetadataException("no broker answered a metadata request in time: " + trouble);
    }

    /** Nobody lets us in. */
    static MetadataException refused(String trouble) {
        return new MetadataException("no broker takes a metadata request from this client: " + trouble);
    }
}
