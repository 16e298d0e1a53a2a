package dev.tubepost.security;

import java.nio.file.Path;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Kerberos. <em>Immutable.</em> Realm and KDC are those of the JDK ({@code java.security.krb5.conf}).
 *
 * @param serviceName the brokers' service: the part before the slash of their principals. kafka-clients: {@code sasl.kerberos.service.name}
 * @param login how the ticket comes
 */
public record GssapiOptions(String serviceName, Login login) {

    /** How the ticket comes. <em>Immutable.</em> */
    public sealed interface Login {

        /** From the KDC, with a key of a keytab file. */
        record Keytab(String principal, Path keytab) implements Login {}

        /**
         * From a ticket cache that somebody else keeps up to date, as {@code kinit} makes it.
         *
         * @param principal whose ticket; null: the one that is there
         * @param cache the file; null: the user's own
         */
        record TicketCache(
                @Nullable String principal, @Nullable Path cache) implements Login {}

        /** From code of the user's; asked for each authentication, on a thread that may block. */
        record Given(Supplier<Subject> subject) implements Login {}
    }
}
