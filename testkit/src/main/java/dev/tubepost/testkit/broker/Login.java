package dev.tubepost.testkit.broker;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.message.SaslAuthenticateRequestData;
import org.apache.kafka.common.message.SaslAuthenticateResponseData;
import org.apache.kafka.common.message.SaslHandshakeRequestData;
import org.apache.kafka.common.message.SaslHandshakeResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * Who a client is, on one connection. <em>Confined to the run's thread.</em> What comes from a stranger, or in the midst of an authentication, is a finding
 * (F97, F99).
 *
 * <pre>
 *   STRANGER -- SaslHandshake --> SPEAKING -- SaslAuthenticate --> KNOWN -- SaslHandshake --> SPEAKING
 * </pre>
 */
final class Login {

    private enum State {
        STRANGER,
        SPEAKING,
        KNOWN
    }

    private final ModelBroker broker;
    private State state = State.STRANGER;
    private long untilNanos = Long.MAX_VALUE;

    Login(ModelBroker broker) {
        this.broker = broker;
    }

    /** Whether the request is about who the client is. */
    static boolean isAbout(ApiKeys key) {
        return key == ApiKeys.SASL_HANDSHAKE || key == ApiKeys.SASL_AUTHENTICATE;
    }

    /** @throws IllegalStateException if a client must not ask for this now */
    void check(ApiKeys key) {
        Logins logins = broker.cluster().logins();
        State needed = switch (key) {
            case API_VERSIONS -> state;
            case SASL_HANDSHAKE -> state == State.SPEAKING ? State.KNOWN : state;
            case SASL_AUTHENTICATE -> State.SPEAKING;
            default -> logins == null ? state : State.KNOWN;
        };
        if (state != needed || (isAbout(key) && logins == null)) {
            throw new IllegalStateException(key + " from a client that is " + state);
        }
    }

    /** Whether the client should have said again who it is: a broker hangs up on it (KIP-368). */
    boolean isOver(ApiKeys key) {
        return state == State.KNOWN
                && key != ApiKeys.SASL_HANDSHAKE
                && broker.cluster().events().now() > untilNanos;
    }

    SaslHandshakeResponseData name(SaslHandshakeRequestData request) {
        if (!request.mechanism().equals(Logins.MECHANISM)) {
            throw new IllegalStateException("the mechanism is " + request.mechanism());
        }
        state = State.SPEAKING;
        return new SaslHandshakeResponseData().setMechanisms(List.of(Logins.MECHANISM));
    }

    SaslAuthenticateResponseData prove(SaslAuthenticateRequestData request, short version, Logins logins) {
        if (!logins.isRight(request.authBytes())) {
            throw new IllegalStateException("the name or the password is not the one that was given");
        }
        if (broker.cluster().fates().refusesLogin()) {
            return new SaslAuthenticateResponseData()
                    .setErrorCode(Errors.SASL_AUTHENTICATION_FAILED.code())
                    .setErrorMessage("Authentication failed: Invalid username or password");
        }
        state = State.KNOWN;
        if (version == 0 || logins.lifetimeMillis() == 0) {
            return new SaslAuthenticateResponseData();
        }
        untilNanos = broker.cluster().events().now() + TimeUnit.MILLISECONDS.toNanos(logins.lifetimeMillis());
        return new SaslAuthenticateResponseData().setSessionLifetimeMs(logins.lifetimeMillis());
    }
}
