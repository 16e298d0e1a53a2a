package dev.tubepost.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.ManualWorld;
import dev.tubepost.security.GssapiOptions;
import dev.tubepost.security.SaslOptions;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GSSAPI as far as it goes without a key distribution center. */
final class KerberosLoginTest {

    private final ManualWorld world = new ManualWorld();

    @TempDir
    Path dir;

    @Test
    void aKeytabThatIsNotThereIsNamed() {
        Path keytab = dir.resolve("missing.keytab");
        AuthenticationException failure = fail(new GssapiOptions.Login.Keytab("alice@EXAMPLE.COM", keytab));
        assertThat(failure)
                .hasMessageStartingWith("GSSAPI (alice@EXAMPLE.COM of " + keytab)
                .hasMessageContaining("see that the keytab can be read");
        assertThat(failure.isPassing()).isFalse();
        assertThat(world.threads).containsExactly("remote");
    }

    @Test
    void aCacheWithoutATicketIsSaid() {
        AuthenticationException failure =
                fail(new GssapiOptions.Login.TicketCache("alice@EXAMPLE.COM", dir.resolve("missing.cache")));
        assertThat(failure).hasMessageContaining("klist");
    }

    @Test
    void theUsersSubjectIsAskedForEachTimeAndMustHaveATicket() {
        var asked = new AtomicInteger();
        var login = new GssapiOptions.Login.Given(() -> {
            asked.incrementAndGet();
            return new Subject();
        });
        assertThat(fail(login)).hasMessageStartingWith("GSSAPI (kafka/broker.example)");
        assertThat(fail(login)).hasMessageStartingWith("GSSAPI (kafka/broker.example)");
        assertThat(asked).hasValue(2);
    }

    @Test
    void aSupplierMayThrowOrGiveNothing() {
        assertThat(fail(new GssapiOptions.Login.Given(() -> null))).hasMessageContaining("gave null");
        assertThat(fail(new GssapiOptions.Login.Given(() -> {
                    throw new IllegalStateException("no");
                })))
                .hasMessageContaining("IllegalStateException");
    }

    private AuthenticationException fail(GssapiOptions.Login login) {
        var options = SaslOptions.gssapi(new GssapiOptions("kafka", login));
        return new Talk(world, new Authenticators().authenticator(options, world)).fail("");
    }
}
