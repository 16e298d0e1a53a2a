package dev.tubepost.sasl;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Authenticator;
import dev.tubepost.security.Credentials;
import dev.tubepost.security.CredentialsProvider;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** PLAIN: name and password as they are, in one message (RFC 4616). <em>Immutable.</em> */
final class PlainAuthenticator implements Authenticator {

    private final CredentialsProvider credentials;

    PlainAuthenticator(CredentialsProvider credentials) {
        this.credentials = credentials;
    }

    @Override
    public String mechanism() {
        return "PLAIN";
    }

    @Override
    public Conversation begin(Actor actor, String host) {
        return new OneMessage(actor, credentials);
    }

    /** One message, to which the broker says yes or no. <em>Confined to the connection's actor.</em> */
    private static final class OneMessage implements Conversation {

        private final Actor actor;
        private final CredentialsProvider provider;
        private boolean isAsked;
        private boolean isClosed;

        OneMessage(Actor actor, CredentialsProvider provider) {
            this.actor = actor;
            this.provider = provider;
        }

        @Override
        public void respond(byte[] challenge, BiConsumer<byte @Nullable [], @Nullable Throwable> answer) {
            assert actor.isCurrent() : actor;
            if (isAsked) { // whatever came with the yes: the mechanism knows no challenge, and proves nothing of the
                // broker
                answer.accept(null, null);
                return;
            }
            isAsked = true;
            actor.side(() -> message(AskedCredentials.from(provider)), (message, thrown) -> {
                if (!isClosed) {
                    answer.accept(message, thrown == null ? null : Failures.told(thrown));
                }
            });
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    /**
     * The message; without an authorization identity, as Kafka takes none but the user's own.
     *
     * <pre>
     * NUL user NUL password
     * </pre>
     */
    private static byte[] message(Credentials credentials) {
        byte[] user = credentials.user().getBytes(StandardCharsets.UTF_8);
        byte[] password = credentials.password().utf8();
        byte[] message = new byte[user.length + password.length + 2];
        System.arraycopy(user, 0, message, 1, user.length);
        System.arraycopy(password, 0, message, user.length + 2, password.length);
        Arrays.fill(password, (byte) 0);
        return message;
    }
}
