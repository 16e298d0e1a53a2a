package dev.tubepost.internal.broker;

import dev.tubepost.internal.net.Call;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.MetadataRequest;
import dev.tubepost.protocol.MetadataResponse;
import dev.tubepost.protocol.WireReader;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.Consumer;

/** Asks a broker which cluster it belongs to, and for no topic. <em>Confined to the worker's actor.</em> */
final class ClusterCheck extends Call {

    /** From this version of ApiVersions on the broker compares (KIP-1242). */
    static final int FIRST_WITHOUT = 5;

    private final ByteBuffer[] frame;
    private final short version;
    private final Consumer<MetadataResponse> told;

    ClusterCheck(int version, String clientId, Consumer<MetadataResponse> told) {
        super(ApiKey.METADATA, version, true);
        this.version = (short) version;
        this.told = told;
        this.frame =
                new ByteBuffer[] {MetadataRequest.forTopics(Set.of(), false).frame(this.version, clientId)};
    }

    @Override
    protected ByteBuffer[] frame() {
        return frame;
    }

    @Override
    protected void onReply(WireReader body) {
        told.accept(MetadataResponse.read(body, version));
    }

    @Override
    protected void onLost(ConnectionLoss loss) {
        // The link hears of it as well.
    }
}
