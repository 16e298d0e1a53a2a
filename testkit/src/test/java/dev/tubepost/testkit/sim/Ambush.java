package dev.tubepost.testkit.sim;

import dev.tubepost.testkit.broker.Hostility;
import dev.tubepost.testkit.broker.ModelBroker;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.jspecify.annotations.Nullable;

/** Brokers that offer chosen versions, and of which one answers once as a test wants it to. <em>Confined to the run's thread.</em> */
final class Ambush implements Hostility {

    /** Any broker, or any version. */
    static final int ANY = -1;

    private final Map<ApiKeys, Integer> newest;
    private @Nullable ApiKeys key;
    private int broker;
    private int version = ANY;
    private UnaryOperator<byte[]> change = UnaryOperator.identity();
    private short struckVersion = -1;

    Ambush(Map<ApiKeys, Integer> newest) {
        this.newest = newest;
    }

    /** The next reply of that broker to such a message is changed. */
    void lay(ApiKeys theKey, int theBroker, UnaryOperator<byte[]> theChange) {
        key = theKey;
        broker = theBroker;
        change = theChange;
        struckVersion = -1;
    }

    /** The next reply of that kind says something else, in well-formed bytes. */
    void edit(ApiKeys theKey, int theBroker, Consumer<ApiMessage> edit) {
        lay(theKey, theBroker, reply -> {
            short header = theKey.responseHeaderVersion(struckVersion);
            var bytes = new ByteBufferAccessor(ByteBuffer.wrap(reply).position(Integer.BYTES));
            var head = new ResponseHeaderData(bytes, header);
            ApiMessage body = theKey.messageType.newResponse();
            body.read(bytes, struckVersion);
            edit.accept(body);
            ByteBuffer first = MessageUtil.toByteBufferAccessor(head, header).buffer();
            ByteBuffer rest =
                    MessageUtil.toByteBufferAccessor(body, struckVersion).buffer();
            int size = first.remaining() + rest.remaining();
            return ByteBuffer.allocate(Integer.BYTES + size)
                    .putInt(size)
                    .put(first)
                    .put(rest)
                    .array();
        });
    }

    /** Only a reply of that version. */
    Ambush of(int theVersion) {
        version = theVersion;
        return this;
    }

    /** The version of the reply that was changed; -1 if none was. */
    int struckVersion() {
        return struckVersion;
    }

    @Override
    public byte @Nullable [] instead(ModelBroker from, ApiKeys of, short asked, byte[] reply) {
        if (of != key || (broker != ANY && broker != from.id()) || (version != ANY && version != asked)) {
            return null;
        }
        key = null;
        struckVersion = asked;
        return change.apply(reply);
    }

    @Override
    public void offer(ApiVersionsResponseData answer) {
        answer.apiKeys().forEach(each -> {
            int most = newest.getOrDefault(ApiKeys.forId(each.apiKey()), (int) each.maxVersion());
            each.setMaxVersion((short) Math.min(most, each.maxVersion()));
        });
    }
}
