package dev.tubepost.internal.cluster;

import dev.tubepost.TubepostException;

/** No broker answered a metadata request in time; the message says what went wrong last. */
final class MetadataException extends TubepostException {

    private static final long serialVersionUID = 1L;

    MetadataException(String trouble) {
        super("no broker answered a metadata request in time: " + trouble, null);
    }
}
