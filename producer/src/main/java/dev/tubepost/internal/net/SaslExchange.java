package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.Authenticator;
import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.SaslAuthenticateRequest;
import dev.tubepost.protocol.SaslAuthenticateResponse;
import dev.tubepost.protocol.SaslHandshakeRequest;
import dev.tubepost.protocol.SaslHandshakeResponse;
import dev.tubepost.protocol.VersionRange;
import dev.tubepost.protocol.WireReader;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One authentication on an open stream (KIP-43, KIP-152). <em>Confined to the connection's actor.</em>
 *
 * <pre>
 *   SaslHandshake(mechanism) --> enabled --> our message --> SaslAuthenticate --> the broker's message --+
 *                                                ^                                                       |
 *                                                +-------------- there is more to say -------------------+
 *                                                                                                        |
 *                                         done: there is nothing more, and the broker has proven itself <+
 * </pre>
 */
final class SaslExchange {

    /** The most messages of ours: Kerberos needs four at the most, SCRAM two (F98). */
    private static final int MAX_ROUNDS = 10;

    private static final byte[] NOTHING = {};

    /**
     * What it needs to know. <em>Immutable.</em>
     *
     * @param authenticator makes our side of the conversation
     * @param clientId sent with each request
     * @param host the broker's, as the user or a broker gave it
     * @param offered the versions that the broker knows
     */
    record Terms(Authenticator authenticator, String clientId, String host, Map<ApiKey, VersionRange> offered) {}

    /** Hears how it ended; exactly one of the two, unless it is closed before. */
    interface Listener {

        /**
         * The broker knows who we are.
         *
         * @param lifetimeMillis after how long it must be told again; 0 for never (KIP-368)
         */
        void onAuthenticated(long lifetimeMillis);

        void onRefused(ConnectionLoss loss);
    }

    private final Actor actor;
    private final CallStream stream;
    private final Terms terms;
    private final Diagnosis diagnosis;
    private final Listener listener;
    private final Authenticator.Conversation conversation;
    private int rounds;
    private long lifetimeMillis;
    private boolean over;

    SaslExchange(Actor actor, CallStream stream, Terms terms, Diagnosis diagnosis, Listener listener) {
        this.actor = actor;
        this.stream = stream;
        this.terms = terms;
        this.diagnosis = diagnosis;
        this.listener = listener;
        conversation = terms.authenticator().begin(actor, terms.host());
    }

    void start() {
        for (var key : new ApiKey[] {ApiKey.SASL_HANDSHAKE, ApiKey.SASL_AUTHENTICATE}) {
            if (Handshake.negotiate(key, terms.offered()) < 0) {
                refuse(diagnosis.noCommonVersion(key, terms.offered().get(key)));
                return;
            }
        }
        stream.send(new Opening(Handshake.negotiate(ApiKey.SASL_HANDSHAKE, terms.offered())));
    }

    /** Nothing more is said or told. */
    void close() {
        if (!over) {
            over = true;
            conversation.close();
        }
    }

    private void onOpened(SaslHandshakeResponse answer) {
        if (answer.errorCode() == ErrorCode.NONE.code()) {
            speak(NOTHING);
        } else {
            refuse(diagnosis.mechanismRefused(terms.authenticator().mechanism(), answer));
        }
    }

    private void onAnswer(SaslAuthenticateResponse answer) {
        if (answer.errorCode() != ErrorCode.NONE.code()) {
            refuse(diagnosis.authenticationRefused(
                    terms.authenticator().mechanism(), answer.errorCode(), answer.errorMessage()));
            return;
        }
        lifetimeMillis = answer.sessionLifetimeMillis();
        speak(answer.bytes());
    }

    private void speak(byte[] challenge) {
        if (rounds > MAX_ROUNDS) {
            refuse(diagnosis.notAuthenticated(
                    terms.authenticator().mechanism(),
                    AuthenticationException.lasting(
                            "the broker has asked " + MAX_ROUNDS + " times, and never said yes", null)));
            return;
        }
        rounds++;
        conversation.respond(challenge, (message, failure) -> {
            assert actor.isCurrent() : actor;
            if (!over) {
                onMessage(message, failure);
            }
        });
    }

    private void onMessage(byte @Nullable [] message, @Nullable Throwable failure) {
        if (failure != null) {
            refuse(diagnosis.notAuthenticated(terms.authenticator().mechanism(), failure));
        } else if (message != null) {
            stream.send(new Message(Handshake.negotiate(ApiKey.SASL_AUTHENTICATE, terms.offered()), message));
        } else {
            close();
            listener.onAuthenticated(lifetimeMillis);
        }
    }

    private void refuse(ConnectionLoss loss) {
        close();
        listener.onRefused(loss);
    }

    private final class Opening extends Call {

        Opening(int version) {
            super(ApiKey.SASL_HANDSHAKE, version, true);
        }

        @Override
        protected ByteBuffer[] frame() {
            var request = new SaslHandshakeRequest(terms.authenticator().mechanism());
            return new ByteBuffer[] {request.frame(version(), terms.clientId())};
        }

        @Override
        protected void onReply(WireReader body) {
            var answer = SaslHandshakeResponse.read(body, version());
            if (!over) {
                onOpened(answer);
            }
        }

        @Override
        protected void onLost(ConnectionLoss loss) {
            // The stream's listener hears of it, too.
        }
    }

    private final class Message extends Call {

        private final byte[] bytes;

        Message(int version, byte[] bytes) {
            super(ApiKey.SASL_AUTHENTICATE, version, true);
            this.bytes = bytes;
        }

        @Override
        protected ByteBuffer[] frame() {
            return new ByteBuffer[] {new SaslAuthenticateRequest(bytes).frame(version(), terms.clientId())};
        }

        @Override
        protected void onReply(WireReader body) {
            var answer = SaslAuthenticateResponse.read(body, version());
            if (!over) {
                onAnswer(answer);
            }
        }

        @Override
        protected void onLost(ConnectionLoss loss) {
            // The stream's listener hears of it, too.
        }
    }
}
