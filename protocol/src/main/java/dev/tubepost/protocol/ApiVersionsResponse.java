package dev.tubepost.protocol;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The versions that a broker knows.
 *
 * @param errorCode the broker's number
 * @param versions by the message's number on the wire
 */
public record ApiVersionsResponse(short errorCode, Map<Short, VersionRange> versions) {

    public ApiVersionsResponse {
        versions = Map.copyOf(versions);
    }

    /** The versions of a message that the broker knows, or null if it does not know the message. */
    public @Nullable VersionRange of(ApiKey key) {
        return versions.get(key.id());
    }

    /**
     * Reads a response's body. A broker that does not know the request's version answers in the form of version 0, whatever was asked
     * (KIP-511), and so says which versions it knows.
     */
    public static ApiVersionsResponse read(WireReader body, int requestVersion) {
        short error = body.int16();
        boolean fallback = error == ErrorCode.UNSUPPORTED_VERSION.code();
        int version = fallback ? 0 : requestVersion;
        if (fallback && body.remaining() == 0) {
            return new ApiVersionsResponse(error, Map.of());
        }
        boolean flexible = ApiKey.API_VERSIONS.isFlexible(version);
        WireReader reader = body.as(flexible);
        Map<Short, VersionRange> versions = new HashMap<>();
        for (int left = reader.arrayLength("api keys", 6); left > 0; left--) {
            short key = reader.int16();
            short min = reader.int16();
            short max = reader.int16();
            reader.skipTags();
            if (min >= 0 && min <= max) {
                versions.put(key, new VersionRange(min, max));
            }
        }
        if (version >= 1) {
            reader.int32(); // throttle: nothing was sent yet that could be held back
        }
        reader.skipTags();
        return new ApiVersionsResponse(error, versions);
    }
}
