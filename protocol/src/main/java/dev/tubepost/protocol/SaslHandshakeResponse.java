package dev.tubepost.protocol;

import java.util.List;

/**
 * Whether the mechanism may be used.
 *
 * @param errorCode the broker's number
 * @param mechanisms those that the listener has, cut and without control characters
 */
public record SaslHandshakeResponse(short errorCode, List<String> mechanisms) {

    private static final int LEAST_STRING_BYTES = 2;

    /** Reads a response's body. */
    public static SaslHandshakeResponse read(WireReader body, int version) {
        WireReader reader = body.as(ApiKey.SASL_HANDSHAKE.isFlexible(version));
        short error = reader.int16();
        int length = reader.arrayLength("mechanisms", LEAST_STRING_BYTES);
        List<String> mechanisms = WireReader.newList(length);
        for (int i = 0; i < length; i++) {
            mechanisms.add(reader.textThere("mechanism"));
        }
        return new SaslHandshakeResponse(error, mechanisms);
    }
}
