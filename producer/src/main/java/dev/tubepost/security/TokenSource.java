package dev.tubepost.security;

import java.nio.file.Path;
import java.util.Map;

/** Where the tokens of OAUTHBEARER come from. <em>Immutable.</em> */
public sealed interface TokenSource permits TokenSource.Provided, TokenSource.File, OAuthOptions {

    /** From code of the user's. */
    record Provided(TokenProvider provider) implements TokenSource {}

    /**
     * From a file, which is read for each authentication: somebody else keeps it up to date. It holds a JWT, of which {@code exp} is obeyed, or another
     * token; blanks around it do not count.
     *
     * @param file where it is
     * @param extensions SASL extensions that go with each token, see {@link Token}
     */
    record File(Path file, Map<String, String> extensions) implements TokenSource {

        public File {
            extensions = Map.copyOf(extensions);
        }

        /** A file whose tokens go without extensions. */
        public File(Path file) {
            this(file, Map.of());
        }
    }
}
