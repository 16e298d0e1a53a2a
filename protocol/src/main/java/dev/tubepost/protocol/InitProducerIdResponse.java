package dev.tubepost.protocol;

/**
 * A producer id and epoch.
 *
 * @param throttleMillis how long the broker asks for silence (KIP-219)
 * @param errorCode the broker's number
 * @param producerId the id, or -1
 * @param producerEpoch its epoch
 */
public record InitProducerIdResponse(int throttleMillis, short errorCode, long producerId, short producerEpoch) {

    /** Reads a response's body. */
    public static InitProducerIdResponse read(WireReader body, int version) {
        WireReader reader = body.as(ApiKey.INIT_PRODUCER_ID.isFlexible(version));
        var response = new InitProducerIdResponse(reader.int32(), reader.int16(), reader.int64(), reader.int16());
        reader.skipTags();
        return response;
    }
}
