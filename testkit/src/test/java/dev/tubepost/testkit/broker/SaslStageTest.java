package dev.tubepost.testkit.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.message.SaslAuthenticateRequestData;
import org.apache.kafka.common.message.SaslAuthenticateResponseData;
import org.apache.kafka.common.message.SaslHandshakeRequestData;
import org.apache.kafka.common.message.SaslHandshakeResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A broker that wants proof hears nothing else before it has it. */
final class SaslStageTest {

    private final SaslStage stage = new SaslStage(new TwoRounds());

    @Test
    void nothingElseIsHeardBeforeTheProof() {
        assertThat(stage.admits(ApiKeys.API_VERSIONS)).isTrue();
        assertThat(stage.admits(ApiKeys.SASL_HANDSHAKE)).isTrue();
        assertThat(stage.admits(ApiKeys.SASL_AUTHENTICATE)).isFalse();
        assertThat(stage.admits(ApiKeys.METADATA)).isFalse();
        assertThat(choose("TWO").errorCode()).isZero();
        say();
        assertThat(stage.admits(ApiKeys.METADATA)).isFalse();
        say();
        assertThat(stage.admits(ApiKeys.METADATA)).isTrue();
        assertThat(stage.admits(ApiKeys.SASL_AUTHENTICATE)).isFalse();
    }

    @Test
    void whoHasProvenItMayProveItAgain() { // KIP-368
        for (int i = 0; i < 2; i++) {
            choose("TWO");
            say();
            say();
        }
        assertThat(stage.admits(ApiKeys.PRODUCE)).isTrue();
    }

    @Test
    void anUnknownMechanismIsRefusedWithThoseThatThereAre() {
        SaslHandshakeResponseData answer = choose("NONE-SUCH");
        assertThat(answer.errorCode()).isEqualTo(Errors.UNSUPPORTED_SASL_MECHANISM.code());
        assertThat(answer.mechanisms()).containsExactly("TWO");
        assertThat(stage.admits(ApiKeys.SASL_AUTHENTICATE)).isFalse();
    }

    @Test
    void whereNoProofIsWantedNobodyMayOfferIt() {
        var open = new SaslStage(null);
        assertThat(open.admits(ApiKeys.PRODUCE)).isTrue();
        assertThat(open.admits(ApiKeys.SASL_HANDSHAKE)).isFalse();
    }

    private SaslHandshakeResponseData choose(String mechanism) {
        return (SaslHandshakeResponseData) stage.answer(new SaslHandshakeRequestData().setMechanism(mechanism));
    }

    private void say() {
        stage.answer(new SaslAuthenticateRequestData().setAuthBytes(new byte[] {1}));
    }

    /** A mechanism that takes two messages, whatever they say. */
    private static final class TwoRounds implements SaslServer {

        @Override
        public List<String> mechanisms() {
            return List.of("TWO");
        }

        @Override
        public @Nullable Conversation begin(String mechanism) {
            return mechanism.equals("TWO") ? new Counting() : null;
        }
    }

    private static final class Counting implements SaslServer.Conversation {

        private int heard;

        @Override
        public SaslAuthenticateResponseData answer(byte[] message) {
            heard++;
            return new SaslAuthenticateResponseData().setAuthBytes(message);
        }

        @Override
        public boolean isOver() {
            return heard == 2;
        }
    }
}
