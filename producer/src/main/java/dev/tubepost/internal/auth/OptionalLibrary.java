package dev.tubepost.internal.auth;

import dev.tubepost.internal.net.AuthenticationException;

/**
 * The libraries that only some mechanisms need, and that users add themselves. <em>Immutable.</em>
 *
 * <p>Each is touched by few classes, which are loaded when the mechanism is used: whoever does not use it loads none.
 */
enum OptionalLibrary {
    SCRAM("com.ongres.scram:scram-client (3.2 or newer)", "com.ongres.scram.client"),
    JOSE("com.nimbusds:nimbus-jose-jwt (10.10 or newer)", "com.nimbusds.jose.jwt");

    private final String artifact;
    private final String module;

    OptionalLibrary(String artifact, String module) {
        this.artifact = artifact;
        this.module = module;
    }

    /** What to tell a user whose class path lacks the library, or has one that does not fit (F78). */
    AuthenticationException missing(String user, LinkageError cause) {
        boolean onModulePath = OptionalLibrary.class.getModule().isNamed();
        return AuthenticationException.lasting(
                user + " needs a library that is not there, or does not load: add " + artifact
                        + (onModulePath ? " and run java with --add-modules " + module : ""),
                cause);
    }
}
