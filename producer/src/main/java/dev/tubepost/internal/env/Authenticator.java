package dev.tubepost.internal.env;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Proves to brokers who we are, by one SASL mechanism. <em>Thread-safe.</em> */
public interface Authenticator {

    /** The mechanism's name (RFC 4422). */
    String mechanism();

    /**
     * A conversation with one broker, on one connection; each authentication, also one that is repeated (KIP-368), is a new one.
     *
     * @param actor the connection's, within which this is called
     * @param host the broker's host, as the user or a broker gave it
     */
    Conversation begin(Actor actor, String host);

    /** What is said to one broker, and what it must say. <em>Confined to the connection's actor.</em> */
    interface Conversation {

        /**
         * Makes the next message.
         *
         * @param challenge what the broker said; empty at the beginning
         * @param answer told once, within the actor, now or later: the bytes to send, or null if there is nothing more to say and the broker has proven all that
         *     it must; or why not: an {@link AuthenticationException}, or anything else for a mistake of ours
         */
        void respond(byte[] challenge, BiConsumer<byte @Nullable [], @Nullable Throwable> answer);

        /** It is over, whether it came to its end or not: nothing more is told. */
        default void close() {}
    }
}
