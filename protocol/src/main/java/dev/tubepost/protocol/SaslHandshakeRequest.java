package dev.tubepost.protocol;

import java.nio.ByteBuffer;

/**
 * Names the mechanism of the authentication that follows (KIP-43).
 *
 * @param mechanism its name, as {@code SCRAM-SHA-512}
 */
public record SaslHandshakeRequest(String mechanism) {

    /** The request's whole frame. */
    public ByteBuffer frame(int version, String clientId) {
        var writer = new WireWriter(ApiKey.SASL_HANDSHAKE.isFlexible(version));
        RequestHeader.write(writer, ApiKey.SASL_HANDSHAKE, version, clientId);
        writer.string(mechanism);
        return RequestHeader.frame(writer);
    }
}
