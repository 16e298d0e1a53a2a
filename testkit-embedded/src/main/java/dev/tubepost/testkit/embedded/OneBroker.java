package dev.tubepost.testkit.embedded;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * Asks one broker what it knows of a topic. <em>Stateless.</em> Apache's admin client asks any broker, and each hears of a change when it does: a
 * change has arrived when all of them tell of it.
 */
final class OneBroker {

    private static final int TIMEOUT_MS = 2_000;
    private static final int MAX_ANSWER_BYTES = 16 << 20;
    private static final short VERSION = 12;

    private OneBroker() {}

    /** The partitions that the broker knows; empty if it has not heard of the topic. */
    static List<MetadataResponsePartition> partitions(Node broker, String topic) throws IOException {
        MetadataResponseTopic answer = ask(broker, topic).data().topics().find(topic);
        return answer == null || answer.errorCode() != Errors.NONE.code() ? List.of() : answer.partitions();
    }

    private static MetadataResponse ask(Node broker, String topic) throws IOException {
        var question = new MetadataRequestData()
                .setTopics(List.of(new MetadataRequestTopic().setName(topic)))
                .setAllowAutoTopicCreation(false);
        var header = new RequestHeader(ApiKeys.METADATA, VERSION, "tubepost-testkit", 1);
        ByteBuffer request = new MetadataRequest(question, VERSION).serializeWithHeader(header);
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(broker.host(), broker.port()), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            var out = new DataOutputStream(socket.getOutputStream());
            byte[] bytes = new byte[request.remaining()];
            request.get(bytes);
            out.writeInt(bytes.length);
            out.write(bytes);
            out.flush();
            return answer(new DataInputStream(socket.getInputStream()), header);
        }
    }

    private static MetadataResponse answer(DataInputStream in, RequestHeader header) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > MAX_ANSWER_BYTES) {
            throw new IOException("an answer of " + size + " bytes");
        }
        byte[] bytes = new byte[size];
        in.readFully(bytes);
        return (MetadataResponse) MetadataResponse.parseResponse(ByteBuffer.wrap(bytes), header);
    }
}
