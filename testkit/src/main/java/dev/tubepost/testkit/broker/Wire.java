package dev.tubepost.testkit.broker;

import java.nio.ByteBuffer;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;

/** Frames, by Apache Kafka's generated classes. <em>Static, without state.</em> */
final class Wire {

    private Wire() {}

    /**
     * A request as it was received. <em>Immutable.</em>
     *
     * @param key which message
     * @param version in which version
     * @param correlationId to be repeated in the reply
     * @param body what it says
     */
    record Request(ApiKeys key, short version, int correlationId, ApiMessage body) {}

    /**
     * Decodes a frame without its size.
     *
     * @throws IllegalArgumentException if any byte is not as the schema says
     */
    static Request request(byte[] frame) {
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        ApiKeys key = ApiKeys.forId(bytes.getShort(0));
        short version = bytes.getShort(2);
        if (!key.isVersionSupported(version)) {
            throw new IllegalArgumentException("there is no " + key + " of version " + version);
        }
        var readable = new ByteBufferAccessor(bytes);
        var header = new RequestHeaderData(readable, key.requestHeaderVersion(version));
        ApiMessage body = key.messageType.newRequest();
        body.read(readable, version);
        if (readable.remaining() > 0) {
            throw new IllegalArgumentException(key + " of version " + version + " has " + readable.remaining()
                    + " bytes more than its schema says");
        }
        return new Request(key, version, header.correlationId(), body);
    }

    /** Encodes a reply, with its size. */
    static byte[] reply(Request to, ApiMessage body) {
        return reply(to, body, to.version());
    }

    /** Encodes a reply in another version than the request's: to an ApiVersions that was not understood (KIP-511). */
    static byte[] reply(Request to, ApiMessage body, short version) {
        short headerVersion = to.key().responseHeaderVersion(version);
        ByteBuffer header = MessageUtil.toByteBufferAccessor(
                        new ResponseHeaderData().setCorrelationId(to.correlationId()), headerVersion)
                .buffer();
        ByteBuffer encoded = MessageUtil.toByteBufferAccessor(body, version).buffer();
        int size = header.remaining() + encoded.remaining();
        return ByteBuffer.allocate(Integer.BYTES + size)
                .putInt(size)
                .put(header)
                .put(encoded)
                .array();
    }
}
