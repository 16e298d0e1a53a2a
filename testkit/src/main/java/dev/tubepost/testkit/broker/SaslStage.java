package dev.tubepost.testkit.broker;

import org.apache.kafka.common.message.SaslAuthenticateRequestData;
import org.apache.kafka.common.message.SaslHandshakeRequestData;
import org.apache.kafka.common.message.SaslHandshakeResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * What a broker lets a client ask, before and after it has proven who it is. <em>Confined to the run's thread.</em>
 *
 * <pre>
 *   OPEN (nobody asks for proof)
 *   UNKNOWN --SaslHandshake--> CONVERSATION --the last SaslAuthenticate--> PROVEN --SaslHandshake--> CONVERSATION (KIP-368)
 * </pre>
 */
final class SaslStage {

    private final @Nullable SaslServer server;
    private SaslServer.@Nullable Conversation conversation;
    private boolean isProven;

    SaslStage(@Nullable SaslServer server) {
        this.server = server;
    }

    static boolean isAbout(ApiKeys key) {
        return key == ApiKeys.SASL_HANDSHAKE || key == ApiKeys.SASL_AUTHENTICATE;
    }

    /** Whether that may be asked now; else a broker hangs up. */
    boolean admits(ApiKeys key) {
        if (isAbout(key)) {
            return server != null && (key == ApiKeys.SASL_HANDSHAKE || conversation != null);
        }
        return server == null || isProven || key == ApiKeys.API_VERSIONS;
    }

    ApiMessage answer(SaslHandshakeRequestData handshake) {
        if (server == null) {
            throw new IllegalStateException("nobody asked for proof");
        }
        conversation = server.begin(handshake.mechanism());
        Errors error = conversation == null ? Errors.UNSUPPORTED_SASL_MECHANISM : Errors.NONE;
        return new SaslHandshakeResponseData().setErrorCode(error.code()).setMechanisms(server.mechanisms());
    }

    ApiMessage answer(SaslAuthenticateRequestData message) {
        if (conversation == null) {
            throw new IllegalStateException("no mechanism was chosen");
        }
        ApiMessage answer = conversation.answer(message.authBytes());
        if (conversation.isOver()) {
            isProven = true;
            conversation = null;
        }
        return answer;
    }
}
