package dev.tubepost.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a producer id and epoch (KIP-98).
 *
 * @param transactionalId the transactional id, or null for a producer that is only idempotent
 * @param transactionTimeoutMillis how long a transaction may stay open; without meaning if there is no transactional id
 * @param producerId from version 3, the id that is to go on with a higher epoch (KIP-360), or -1
 * @param producerEpoch its epoch, or -1
 */
public record InitProducerIdRequest(
        @Nullable String transactionalId, int transactionTimeoutMillis, long producerId, short producerEpoch) {

    /** For a new id, without transactions. */
    public static InitProducerIdRequest idempotent() {
        return new InitProducerIdRequest(null, Integer.MAX_VALUE, -1, (short) -1);
    }

    /** The request's whole frame. */
    public ByteBuffer frame(int version, String clientId) {
        var writer = new WireWriter(ApiKey.INIT_PRODUCER_ID.isFlexible(version));
        RequestHeader.write(writer, ApiKey.INIT_PRODUCER_ID, version, clientId);
        writer.string(transactionalId);
        writer.int32(transactionTimeoutMillis);
        if (version >= 3) {
            writer.int64(producerId);
            writer.int16(producerEpoch);
        }
        writer.noTags();
        return RequestHeader.frame(writer);
    }
}
