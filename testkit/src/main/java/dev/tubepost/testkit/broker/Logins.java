package dev.tubepost.testkit.broker;

import java.nio.charset.StandardCharsets;

/**
 * Whom a cluster lets in, by SASL PLAIN, and for how long. <em>Immutable.</em>
 *
 * @param user the only user's name
 * @param password the password
 * @param lifetimeMillis after how long a client must say again who it is; 0 for never (KIP-368)
 */
public record Logins(String user, String password, long lifetimeMillis) {

    static final String MECHANISM = "PLAIN";

    boolean isRight(byte[] message) {
        return new String(message, StandardCharsets.UTF_8).equals("\0" + user + "\0" + password);
    }
}
