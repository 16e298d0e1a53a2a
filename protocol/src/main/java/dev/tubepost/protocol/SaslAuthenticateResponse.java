package dev.tubepost.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Carries one message of a SASL mechanism from the broker.
 *
 * @param errorCode the broker's number
 * @param errorMessage what it says about it, cut and without control characters; null if nothing
 * @param bytes the mechanism's message
 * @param sessionLifetimeMillis from version 1, after how long we must authenticate again; 0: never (KIP-368)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SaslAuthenticateResponse(
        short errorCode, @Nullable String errorMessage, byte[] bytes, long sessionLifetimeMillis) {

    /** Reads a response's body. */
    public static SaslAuthenticateResponse read(WireReader body, int version) {
        WireReader reader = body.as(ApiKey.SASL_AUTHENTICATE.isFlexible(version));
        var response = new SaslAuthenticateResponse(
                reader.int16(),
                reader.text("error_message"),
                reader.bytes("auth_bytes"),
                version >= 1 ? reader.int64() : 0);
        reader.skipTags();
        return response;
    }

    @Override
    public String toString() {
        return "SaslAuthenticateResponse[" + errorCode + ", " + errorMessage + ", " + bytes.length + " bytes]";
    }
}
