package dev.tubepost.internal.cluster;

import dev.tubepost.internal.net.Call;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.MetadataRequest;
import dev.tubepost.protocol.MetadataResponse;
import dev.tubepost.protocol.WireReader;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One Metadata request. <em>Confined to the cluster actor.</em> */
final class MetadataCall extends Call {

    private final ByteBuffer[] frame;
    private final short version;
    private final BiConsumer<@Nullable MetadataResponse, @Nullable ConnectionLoss> answer;

    /**
     * @param topics the topics to ask for, or null for all
     */
    MetadataCall(
            int version,
            String clientId,
            @Nullable Set<String> topics,
            boolean allowAutoTopicCreation,
            BiConsumer<@Nullable MetadataResponse, @Nullable ConnectionLoss> answer) {
        super(ApiKey.METADATA, version, true);
        this.version = (short) version;
        this.answer = answer;
        this.frame = new ByteBuffer[] {
            MetadataRequest.forTopics(topics, allowAutoTopicCreation).frame(this.version, clientId)
        };
    }

    @Override
    protected ByteBuffer[] frame() {
        return frame;
    }

    @Override
    protected void onReply(WireReader body) {
        answer.accept(MetadataResponse.read(body, version), null);
    }

    @Override
    protected void onLost(ConnectionLoss loss) {
        answer.accept(null, loss);
    }
}
