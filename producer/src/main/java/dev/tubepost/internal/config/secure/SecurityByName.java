package dev.tubepost.internal.config.secure;

import dev.tubepost.internal.config.ParsedConfig;
import dev.tubepost.internal.config.SecurityProtocol;
import dev.tubepost.internal.config.SecurityTable;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.TlsOptions;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How connections are secured, as {@code security.protocol} and its company say it. <em>Immutable.</em>
 *
 * @param tls null: not at all
 * @param sasl null: we do not prove who we are
 */
public record SecurityByName(
        @Nullable TlsOptions tls, @Nullable SaslOptions sasl) {

    /**
     * Reads it; what is wrong is added to the problems.
     *
     * @param environment the value of a variable by its name, or null
     */
    public static SecurityByName read(ParsedConfig config, UnaryOperator<@Nullable String> environment) {
        SecurityProtocol protocol = config.get(SecurityTable.PROTOCOL);
        Source source = new Source(config, environment);
        if (protocol == null) {
            refuseWhatHasNoEffect(config);
            return new SecurityByName(null, null);
        }
        return new SecurityByName(
                protocol.tls() ? TlsByName.read(source) : null, protocol.sasl() ? SaslByName.read(source) : null);
    }

    /** kafka-clients goes on in plain text. Who gives a password or a key, and nothing else, hardly means that. */
    private static void refuseWhatHasNoEffect(ParsedConfig config) {
        var names = config.givenForSecurity();
        if (!names.isEmpty() && !config.isUnreadable(SecurityTable.PROTOCOL)) {
            config.refuse("security.protocol is not given, and without it nothing is secured, whatever "
                    + String.join(", ", names)
                    + " says: give SSL, SASL_SSL or SASL_PLAINTEXT; or PLAINTEXT, to have it passed over");
        }
    }
}
