package dev.tubepost.sasl;

import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.security.Credentials;
import dev.tubepost.security.CredentialsProvider;

/** Asks for name and password, and looks at what comes. <em>Stateless.</em> */
final class AskedCredentials {

    private AskedCredentials() {}

    /** Runs the user's code: on a thread that may block. */
    static Credentials from(CredentialsProvider provider) throws AuthenticationException {
        Credentials credentials;
        try {
            credentials = provider.credentials();
        } catch (Exception e) {
            throw AuthenticationException.passing(
                    "the CredentialsProvider threw " + e.getClass().getName(), e);
        }
        return checked(credentials);
    }

    @SuppressWarnings("ConstantValue") // the user's code may give null all the same
    private static Credentials checked(Credentials credentials) throws AuthenticationException {
        if (credentials == null || credentials.user() == null || credentials.password() == null) {
            throw AuthenticationException.passing("the CredentialsProvider gave no user, or no password", null);
        }
        if (credentials.user().isEmpty() || credentials.password().isEmpty()) {
            throw AuthenticationException.lasting("user or password is empty: give both", null);
        }
        if (credentials.user().indexOf('\0') >= 0 || hasNul(credentials)) {
            throw AuthenticationException.lasting(
                    "user or password contains a NUL character, which SASL forbids (RFC 4616, RFC 5802)", null);
        }
        return credentials;
    }

    private static boolean hasNul(Credentials credentials) {
        char[] password = credentials.password().chars();
        boolean found = false;
        for (int i = 0; i < password.length; i++) {
            found |= password[i] == '\0';
            password[i] = 0;
        }
        return found;
    }
}
