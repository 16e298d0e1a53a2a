package dev.tubepost.sasl;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.Authenticator;
import dev.tubepost.protocol.PeerText;
import dev.tubepost.security.Credentials;
import dev.tubepost.security.CredentialsProvider;
import dev.tubepost.security.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One SCRAM exchange. <em>Confined to the connection's actor.</em>
 *
 * <pre>
 * Begun --our name--> Named --broker's salt, our proof--> Proven --broker's proof--> Over
 *   |                   |                                   |
 *   +-------------------+------------ anything else --------+----------------------> Over
 * </pre>
 */
final class ScramConversation implements Authenticator.Conversation {

    private static final int NONCE_BYTES = 24;

    private sealed interface State {
        record Begun() implements State {}

        record Named(String bare, String nonce, Secret password) implements State {}

        @SuppressWarnings("ArrayRecordComponent") // compared in constant time, and nowhere else
        record Proven(byte[] serverSignature) implements State {}

        record Over() implements State {}
    }

    private final Actor actor;
    private final String mechanism;
    private final CredentialsProvider provider;
    private final SecureRandom random;
    private State state = new State.Begun();
    private boolean isClosed;

    ScramConversation(Actor actor, String mechanism, CredentialsProvider provider, SecureRandom random) {
        this.actor = actor;
        this.mechanism = mechanism;
        this.provider = provider;
        this.random = random;
    }

    @Override
    public void respond(byte[] challenge, BiConsumer<byte @Nullable [], @Nullable Throwable> answer) {
        assert actor.isCurrent() : actor;
        State now = state;
        state = new State.Over(); // until the next one is known
        try {
            if (now instanceof State.Begun) {
                name(answer);
            } else if (now instanceof State.Named named) {
                prove(named, ServerFirst.parse(challenge, named.nonce()), answer);
            } else if (now instanceof State.Proven proven) {
                verify(proven, challenge);
                answer.accept(null, null);
            } else {
                throw refused("the broker goes on after its last message");
            }
        } catch (AuthenticationException e) {
            answer.accept(null, e);
        }
    }

    private void name(BiConsumer<byte @Nullable [], @Nullable Throwable> answer) {
        onSide(this::named, answer, named -> {
            state = named;
            answer.accept(("n,," + named.bare()).getBytes(StandardCharsets.UTF_8), null);
        });
    }

    private State.Named named() throws AuthenticationException {
        Credentials credentials = AskedCredentials.from(provider);
        byte[] chance = new byte[NONCE_BYTES];
        random.nextBytes(chance);
        String nonce = Base64.getEncoder().encodeToString(chance);
        String user = credentials.user().replace("=", "=3D").replace(",", "=2C");
        return new State.Named("n=" + user + ",r=" + nonce, nonce, credentials.password());
    }

    private void prove(
            State.Named named, ServerFirst first, BiConsumer<byte @Nullable [], @Nullable Throwable> answer) {
        onSide(() -> ScramProof.derive(mechanism, named.password(), named.bare(), first), answer, proof -> {
            state = new State.Proven(proof.serverSignature());
            answer.accept(proof.clientFinal(), null);
        });
    }

    private <T> void onSide(
            Callable<T> work, BiConsumer<byte @Nullable [], @Nullable Throwable> answer, Consumer<T> next) {
        actor.side(work, (result, thrown) -> {
            if (isClosed) {
                return;
            }
            if (result == null) {
                answer.accept(null, thrown == null ? new IllegalStateException("no result") : Failures.told(thrown));
            } else {
                next.accept(result);
            }
        });
    }

    /** Whoever does not know the password cannot sign: a broker that says yes without that is not ours (F98). */
    private void verify(State.Proven proven, byte[] challenge) throws AuthenticationException {
        if (challenge.length > ServerFirst.MOST_BYTES) {
            throw refused("the broker's last message has " + challenge.length + " bytes");
        }
        String text = new String(challenge, StandardCharsets.ISO_8859_1);
        if (text.startsWith("e=")) {
            throw refused("the broker says " + PeerText.of(text.substring(2)));
        }
        if (!text.startsWith("v=")) {
            throw refused("the broker has not proven that it knows the password: its last message has no signature");
        }
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(text.substring(2));
        } catch (IllegalArgumentException e) {
            throw refused("the broker's signature is not base64");
        }
        if (!MessageDigest.isEqual(signature, proven.serverSignature())) {
            throw refused(
                    "the broker's signature is wrong: it does not know the password, so it is not the broker that we mean");
        }
    }

    private AuthenticationException refused(String why) {
        return AuthenticationException.lasting(mechanism + ": " + why, null);
    }

    @Override
    public void close() {
        isClosed = true;
        state = new State.Over();
    }
}
