package dev.tubepost.security;

import java.util.concurrent.CompletionStage;

/** Tells the token to authenticate with. Asked once for all connections, and again when 80 % of the token's life are over. */
@FunctionalInterface
public interface TokenProvider {

    /**
     * Begins to fetch a token, and returns soon. Called on a thread that may block, by one at a time; completed on any thread.
     *
     * @return fails if there is no token now: it is asked for again after a pause
     */
    CompletionStage<Token> token();
}
