package dev.tubepost.security;

/**
 * Tells name and password each time a connection is authenticated, so that they can be exchanged while messages are produced: open connections stay
 * as they are, later ones and re-authentications use what is told then.
 */
@FunctionalInterface
public interface CredentialsProvider {

    /**
     * The name and password of now. Called by several threads, never by an event loop: it may read a file.
     *
     * @throws Exception if there are none: the attempt to connect fails, and is repeated after a pause
     */
    Credentials credentials() throws Exception;
}
