package dev.tubepost.security;

import java.nio.file.Path;

/** Where the tokens of OAUTHBEARER come from. <em>Immutable.</em> */
public sealed interface TokenSource permits TokenSource.Provided, TokenSource.File, OAuthOptions {

    /** From code of the user's. */
    record Provided(TokenProvider provider) implements TokenSource {}

    /**
     * From a file, which is read for each authentication: somebody else keeps it up to date. It holds a JWT, of which {@code exp} is obeyed, or another
     * token; blanks around it do not count.
     */
    record File(Path file) implements TokenSource {}
}
