package dev.tubepost.sasl;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Authenticator;

/** GSSAPI: Kerberos, through the JDK (RFC 4752). <em>Thread-safe.</em> */
final class GssapiAuthenticator implements Authenticator {

    private final String serviceName;
    private final KerberosLogin login;

    GssapiAuthenticator(String serviceName, KerberosLogin login) {
        this.serviceName = serviceName;
        this.login = login;
    }

    @Override
    public String mechanism() {
        return "GSSAPI";
    }

    @Override
    public Conversation begin(Actor actor, String host) {
        return new GssapiConversation(actor, serviceName, host, login);
    }
}
