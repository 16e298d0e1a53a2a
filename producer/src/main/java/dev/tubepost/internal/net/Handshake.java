package dev.tubepost.internal.net;

import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.ApiVersionsRequest;
import dev.tubepost.protocol.ApiVersionsResponse;
import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.VersionRange;
import dev.tubepost.protocol.WireReader;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The first thing that is said on a stream: which versions do you know? <em>Confined to the connection's actor.</em>
 *
 * <pre>
 *   ask the newest --> understood ------------------------------------> done, or failed if there is no common version
 *      ^           --> UNSUPPORTED_VERSION, with the newest that it knows (KIP-511), or with nothing: version 0
 *      |                   |
 *      +-------------------+    each time with a lower version, so it ends
 * </pre>
 */
final class Handshake {

    /** The most that a reply to the handshake may have: nothing is known of the peer yet. */
    static final int MAX_REPLY_BYTES = 64 * 1024;

    /** Without these there is nothing that a producer could do. */
    private static final Set<ApiKey> REQUIRED = Set.of(ApiKey.PRODUCE, ApiKey.METADATA);

    /** The newest Produce for a broker whose Metadata does not know topic ids, whatever it claims (F30): from 13 on they are needed. */
    private static final int NEWEST_PRODUCE_WITHOUT_TOPIC_IDS = 12;

    private static final int OLDEST_METADATA_WITH_TOPIC_IDS = 10;

    /** Hears how it ended; exactly one of the two. */
    interface Listener {
        void onVersions(Map<ApiKey, VersionRange> offered);

        void onRefused(ConnectionLoss loss);
    }

    private final ApiVersionsRequest request;
    private final String clientId;
    private final CallStream stream;
    private final Diagnosis diagnosis;
    private final Listener listener;

    Handshake(ApiVersionsRequest request, String clientId, CallStream stream, Diagnosis diagnosis, Listener listener) {
        this.request = request;
        this.clientId = clientId;
        this.stream = stream;
        this.diagnosis = diagnosis;
        this.listener = listener;
    }

    void start() {
        ask(ApiKey.API_VERSIONS.versions().max());
    }

    private void ask(int version) {
        stream.send(new Question(version));
    }

    private void onAnswer(int askedVersion, ApiVersionsResponse answer) {
        if (answer.errorCode() == ErrorCode.UNSUPPORTED_VERSION.code()) {
            var known = answer.of(ApiKey.API_VERSIONS);
            int next = known == null ? 0 : known.newestCommon(ApiKey.API_VERSIONS.versions());
            if (next < 0 || next >= askedVersion) {
                listener.onRefused(diagnosis.noCommonVersion(ApiKey.API_VERSIONS, known));
            } else {
                ask(next);
            }
        } else if (answer.errorCode() != ErrorCode.NONE.code()) {
            listener.onRefused(diagnosis.handshakeRefused(answer.errorCode()));
        } else {
            agree(answer);
        }
    }

    private void agree(ApiVersionsResponse answer) {
        var offered = new EnumMap<ApiKey, VersionRange>(ApiKey.class);
        for (var key : ApiKey.values()) {
            var range = answer.of(key);
            if (range != null) {
                offered.put(key, range);
            }
            if (REQUIRED.contains(key) && negotiate(key, offered) < 0) {
                listener.onRefused(diagnosis.noCommonVersion(key, range));
                return;
            }
        }
        listener.onVersions(offered);
    }

    /** The newest version of a message that we and a broker with these versions know; -1 if there is none. */
    static int negotiate(ApiKey key, Map<ApiKey, VersionRange> offered) {
        var range = offered.get(key);
        if (range == null) {
            return -1;
        }
        var metadata = offered.get(ApiKey.METADATA);
        boolean topicIds = metadata != null && metadata.max() >= OLDEST_METADATA_WITH_TOPIC_IDS;
        if (key == ApiKey.PRODUCE && !topicIds) {
            range = new VersionRange(range.min(), Math.min(range.max(), NEWEST_PRODUCE_WITHOUT_TOPIC_IDS));
        }
        return range.newestCommon(key.versions());
    }

    private final class Question extends Call {

        Question(int version) {
            super(ApiKey.API_VERSIONS, version, true);
        }

        @Override
        protected ByteBuffer[] frame() {
            return new ByteBuffer[] {request.frame(version(), clientId)};
        }

        @Override
        protected void onReply(WireReader body) {
            onAnswer(version(), ApiVersionsResponse.read(body, version()));
        }

        @Override
        protected void onLost(ConnectionLoss loss) {
            // The stream's listener hears of it, too.
        }
    }
}
