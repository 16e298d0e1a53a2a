package dev.tubepost.sasl;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Authenticator;
import dev.tubepost.security.SaslOptions;
import java.security.SecureRandom;

/** SCRAM: both ends prove that they know the password, and nobody tells it (RFC 5802, RFC 7677). <em>Thread-safe.</em> */
final class ScramAuthenticator implements Authenticator {

    private final SaslOptions.Scram options;
    private final SecureRandom random = new SecureRandom(); // seeded when first used, which is not here

    ScramAuthenticator(SaslOptions.Scram options) {
        this.options = options;
    }

    @Override
    public String mechanism() {
        return options.mechanism();
    }

    @Override
    public Conversation begin(Actor actor, String host) {
        return new ScramConversation(actor, options.mechanism(), options.credentials(), random);
    }
}
