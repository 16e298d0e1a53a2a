package dev.tubepost.internal.cluster;

import dev.tubepost.internal.net.Call;
import dev.tubepost.internal.net.Connection;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.InitProducerIdRequest;
import dev.tubepost.protocol.InitProducerIdResponse;
import dev.tubepost.protocol.WireReader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Asks for producer ids (KIP-98), one after the other, of whichever broker the cluster actor is connected to: without transactions, any
 * broker gives them. <em>Confined to the cluster actor.</em> It asks until there is an id, or an answer that asking again does not
 * change; those who wait for an id have their own deadline (F54).
 */
final class ProducerIds {

    private final String clientId;
    private final Answered onAnswered;
    private final ArrayDeque<Consumer<ProducerIdAnswer>> waiting = new ArrayDeque<>();
    private boolean asking;

    /** Told after each answer. */
    interface Answered {

        /**
         * An answer came, of whatever kind.
         *
         * @param pause whether to pause before the next question
         * @param throttleMillis how long the broker asks for silence
         */
        void onAnswered(Connection from, boolean pause, int throttleMillis);
    }

    ProducerIds(String clientId, Answered onAnswered) {
        this.clientId = clientId;
        this.onAnswered = onAnswered;
    }

    void want(Consumer<ProducerIdAnswer> told) {
        waiting.add(told);
    }

    /** Somebody does not wait any more. An answer that is on its way is the next one's. */
    void abandon(Consumer<ProducerIdAnswer> told) {
        waiting.remove(told);
    }

    /** Whether there is something to ask. */
    boolean isDue() {
        return !waiting.isEmpty() && !asking;
    }

    void ask(Connection connection) {
        int version = connection.version(ApiKey.INIT_PRODUCER_ID);
        if (version < 0) {
            answer(new ProducerIdAnswer(ErrorCode.UNSUPPORTED_VERSION, -1, (short) -1, connection.describe()));
            return;
        }
        connection.send(new InitCall(version, connection));
        asking = true; // only now: nobody would end it, had it not been sent
    }

    private void onAnswer(InitProducerIdResponse response, Connection from) {
        asking = false;
        ErrorCode error = ErrorCode.of(response.errorCode());
        boolean granted = error == ErrorCode.NONE && response.producerId() >= 0 && response.producerEpoch() >= 0;
        if (granted || isFinal(error)) {
            answer(new ProducerIdAnswer(error, response.producerId(), response.producerEpoch(), from.describe()));
        }
        onAnswered.onAnswered(from, !granted, response.throttleMillis());
    }

    /** What asking again does not change; all else may pass: a coordinator that loads, an id block that is being fetched. */
    private static boolean isFinal(ErrorCode error) {
        return switch (error) {
            case CLUSTER_AUTHORIZATION_FAILED,
                    TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
                    UNSUPPORTED_VERSION,
                    INVALID_REQUEST,
                    SECURITY_DISABLED -> true;
            default -> false;
        };
    }

    /** One question, one answer: two partitions that have used up the same id ask once. */
    private void answer(ProducerIdAnswer answer) {
        Consumer<ProducerIdAnswer> first = waiting.poll();
        if (first != null) { // else whoever asked is closed
            first.accept(answer);
        }
    }

    private final class InitCall extends Call {

        private final short version;
        private final Connection connection;
        private final ByteBuffer[] frame;

        InitCall(int version, Connection connection) {
            super(ApiKey.INIT_PRODUCER_ID, version, true);
            this.version = (short) version;
            this.connection = connection;
            this.frame = new ByteBuffer[] {InitProducerIdRequest.idempotent().frame(version, clientId)};
        }

        @Override
        protected ByteBuffer[] frame() {
            return frame;
        }

        @Override
        protected void onReply(WireReader body) {
            onAnswer(InitProducerIdResponse.read(body, version), connection);
        }

        @Override
        protected void onLost(ConnectionLoss loss) {
            asking = false; // the cluster actor connects again, and asks again
        }
    }
}
