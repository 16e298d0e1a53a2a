package dev.tubepost.protocol;

import java.nio.ByteBuffer;

/**
 * Carries one message of a SASL mechanism to the broker (KIP-152). The bytes are a secret, or lead to one: they are never shown.
 *
 * @param bytes the mechanism's message
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SaslAuthenticateRequest(byte[] bytes) {

    /** The request's whole frame. */
    public ByteBuffer frame(int version, String clientId) {
        var writer = new WireWriter(ApiKey.SASL_AUTHENTICATE.isFlexible(version));
        RequestHeader.write(writer, ApiKey.SASL_AUTHENTICATE, version, clientId);
        writer.bytes(bytes);
        writer.noTags();
        return RequestHeader.frame(writer);
    }

    @Override
    public String toString() {
        return "SaslAuthenticateRequest[" + bytes.length + " bytes]";
    }
}
