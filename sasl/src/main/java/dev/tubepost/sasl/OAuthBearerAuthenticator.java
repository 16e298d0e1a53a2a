package dev.tubepost.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.Authenticator;
import dev.tubepost.protocol.PeerText;
import dev.tubepost.security.Token;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** OAUTHBEARER: a token that a third party gave (RFC 7628, KIP-255). <em>Thread-safe.</em> */
final class OAuthBearerAuthenticator implements Authenticator {

    private final Tokens tokens;

    OAuthBearerAuthenticator(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public String mechanism() {
        return "OAUTHBEARER";
    }

    @Override
    public Conversation begin(Actor actor, String host) {
        return new Offer(actor, tokens);
    }

    /**
     * One token, offered to one broker: which says yes, or why not, and then no. <em>Confined to the connection's actor.</em>
     *
     * <pre>
     * begun --token--> offered --nothing--> accepted
     *                     +-----reason, ^A--> refused   (the broker fails the exchange now; what it says else is ignored)
     * </pre>
     */
    private static final class Offer implements Conversation {

        /** RFC 7628 section 3.2.3: the answer to a reason. */
        private static final byte[] UNDERSTOOD = {1};

        private final Actor actor;
        private final Tokens tokens;
        private @Nullable Token offered;
        private @Nullable String reason;
        private boolean isClosed;

        Offer(Actor actor, Tokens tokens) {
            this.actor = actor;
            this.tokens = tokens;
        }

        @Override
        public void respond(byte[] challenge, BiConsumer<byte @Nullable [], @Nullable Throwable> answer) {
            assert actor.isCurrent() : actor;
            if (offered == null) {
                tokens.ask(actor, (token, thrown) -> offer(token, thrown, answer));
            } else if (reason != null) {
                answer.accept(null, AuthenticationException.lasting("the broker refuses the token: " + reason, null));
            } else if (challenge.length == 0) {
                answer.accept(null, null);
            } else {
                reason = PeerText.of(new String(challenge, UTF_8));
                tokens.onRefused(offered);
                answer.accept(UNDERSTOOD.clone(), null);
            }
        }

        private void offer(
                @Nullable Token token,
                @Nullable Throwable thrown,
                BiConsumer<byte @Nullable [], @Nullable Throwable> answer) {
            if (isClosed) {
                return;
            }
            if (token == null) {
                answer.accept(null, thrown == null ? new IllegalStateException("no token") : Failures.told(thrown));
                return;
            }
            byte[] message;
            try {
                message = BearerMessage.of(token);
            } catch (AuthenticationException e) {
                answer.accept(null, e);
                return;
            }
            offered = token;
            answer.accept(message, null);
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
