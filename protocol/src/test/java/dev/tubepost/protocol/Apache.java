package dev.tubepost.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;

/** Messages as Apache's generated classes read and write them. */
final class Apache {

    private Apache() {}

    /** Reads a request's frame: checks length and header, fills the body, and checks that nothing is left and that it would write the same. */
    static <M extends Message> M readRequest(ApiKeys api, int version, String clientId, ByteBuffer frame, M body) {
        ByteBuffer whole = frame.duplicate();
        ByteBuffer bytes = frame.duplicate();
        assertThat(bytes.getInt()).as("length").isEqualTo(bytes.remaining());
        short headerVersion = api.requestHeaderVersion((short) version);
        var header = new RequestHeaderData(new ByteBufferAccessor(bytes), headerVersion);
        assertThat(header.requestApiKey()).isEqualTo(api.id);
        assertThat(header.requestApiVersion()).isEqualTo((short) version);
        assertThat(header.clientId()).isEqualTo(clientId);
        body.read(new ByteBufferAccessor(bytes), (short) version);
        assertThat(bytes.remaining()).as("bytes left over").isZero();
        assertThat(body.unknownTaggedFields()).isEmpty();
        ByteBuffer again = ByteBuffer.allocate(whole.remaining());
        again.putInt(whole.remaining() - 4);
        again.put(MessageUtil.toByteBufferAccessor(header, headerVersion).buffer());
        again.put(MessageUtil.toByteBufferAccessor(body, (short) version).buffer());
        assertThat(again.flip()).as("as Apache writes it").isEqualTo(whole);
        return body;
    }

    /** The bytes of a response behind its correlation id, as a broker sends them. */
    static ByteBuffer body(Message message, int version) {
        return MessageUtil.toByteBufferAccessor(message, (short) version).buffer();
    }

    /** A whole response without its length. */
    static ByteBuffer response(ApiKeys api, int version, int correlationId, Message message) {
        short headerVersion = api.responseHeaderVersion((short) version);
        ByteBuffer header = MessageUtil.toByteBufferAccessor(
                        new ResponseHeaderData().setCorrelationId(correlationId), headerVersion)
                .buffer();
        ByteBuffer body = body(message, version);
        return ByteBuffer.allocate(header.remaining() + body.remaining())
                .put(header)
                .put(body)
                .flip();
    }

    static ByteBuffer joined(ByteBuffer... parts) {
        int size = 0;
        for (ByteBuffer part : parts) {
            size += part.remaining();
        }
        ByteBuffer whole = ByteBuffer.allocate(size);
        for (ByteBuffer part : parts) {
            whole.put(part.duplicate());
        }
        return whole.flip();
    }
}
