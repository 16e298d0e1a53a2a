package dev.tubepost.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Asks which versions the broker knows; the first request on each connection.
 *
 * @param softwareName what we are, from version 3 (KIP-511)
 * @param softwareVersion which version of it
 * @param clusterId from version 5, the cluster that we mean, or null if we do not know one (KIP-1242)
 * @param nodeId from version 5, the node that we mean, or -1
 */
public record ApiVersionsRequest(
        String softwareName,
        String softwareVersion,
        @Nullable String clusterId,
        int nodeId) {

    /** The request's whole frame. */
    public ByteBuffer frame(int version, String clientId) {
        var writer = new WireWriter(ApiKey.API_VERSIONS.isFlexible(version));
        RequestHeader.write(writer, ApiKey.API_VERSIONS, version, clientId);
        if (version >= 3) {
            writer.string(softwareName);
            writer.string(softwareVersion);
        }
        if (version >= 5) {
            writer.string(clusterId);
            writer.int32(nodeId);
        }
        writer.noTags();
        return RequestHeader.frame(writer);
    }
}
