package dev.tubepost.sasl;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.Authenticator;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/**
 * One Kerberos exchange, whose steps may each ask a key distribution center, and run on remote threads, one after the other. <em>Confined to the
 * connection's actor</em>, but for the client, which is the running step's.
 */
final class GssapiConversation implements Authenticator.Conversation {

    /** No name looks like that: no lookup is made for it. */
    private static final Pattern IP_ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.%]*");

    private static final int MOST_CHALLENGE_BYTES = 64 << 10;

    /** Who we are at the brokers; null before the first step. <em>Immutable.</em> */
    private record Ready(SaslClient client, KerberosLogin.Lease lease) {}

    /** What a step came to. <em>Immutable.</em> */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Stepped(Ready ready, byte @Nullable [] message, boolean isComplete) {}

    private final Actor actor;
    private final String serviceName;
    private final String host;
    private final KerberosLogin login;
    private @Nullable Ready ready;
    private boolean isStepping;
    private boolean isComplete;
    private boolean isClosed;

    GssapiConversation(Actor actor, String serviceName, String host, KerberosLogin login) {
        this.actor = actor;
        this.serviceName = serviceName;
        this.host = host;
        this.login = login;
    }

    @Override
    public void respond(byte[] challenge, BiConsumer<byte @Nullable [], @Nullable Throwable> answer) {
        assert actor.isCurrent() : actor;
        if (isComplete) {
            answer.accept(null, challenge.length == 0 ? null : refused("the broker goes on after its last message"));
            return;
        }
        if (challenge.length > MOST_CHALLENGE_BYTES) {
            answer.accept(null, refused("the broker's message has " + challenge.length + " bytes"));
            return;
        }
        isStepping = true;
        Ready now = ready;
        Callable<Stepped> step = now == null ? () -> first(challenge) : () -> step(now, challenge);
        actor.remote(step, (stepped, thrown) -> onStepped(stepped, thrown, answer));
    }

    private void onStepped(
            @Nullable Stepped stepped,
            @Nullable Throwable thrown,
            BiConsumer<byte @Nullable [], @Nullable Throwable> answer) {
        isStepping = false;
        if (stepped != null) {
            ready = stepped.ready();
            isComplete = stepped.isComplete();
        }
        if (isClosed) {
            dispose();
        } else if (stepped == null) {
            answer.accept(null, thrown == null ? new IllegalStateException("no step") : Failures.told(thrown));
        } else {
            answer.accept(stepped.message(), null);
        }
    }

    private Stepped first(byte[] challenge) throws Exception {
        KerberosLogin.Lease lease = login.lease();
        SaslClient client = null;
        try {
            client = lease.as(() -> Sasl.createSaslClient(
                    new String[] {"GSSAPI"},
                    null,
                    serviceName,
                    nameOf(host),
                    Map.of(Sasl.QOP, "auth", Sasl.SERVER_AUTH, "true"),
                    null));
            if (client == null) {
                throw refused("this Java has no GSSAPI: it lacks the module jdk.security.jgss");
            }
            return step(new Ready(client, lease), challenge);
        } catch (SaslException e) {
            end(client, lease);
            throw failed(e);
        } catch (Throwable t) {
            end(client, lease);
            throw t;
        }
    }

    /**
     * The name of a broker that is known by its address alone: Kerberos knows services by names. As kafka-clients, which asks the name service, too; a host that
     * has a name is never looked up, for whoever answers would decide whom we trust.
     */
    private static String nameOf(String host) throws IOException {
        return IP_ADDRESS.matcher(host).matches() ? InetAddress.getByName(host).getHostName() : host;
    }

    private Stepped step(Ready now, byte[] challenge) throws Exception {
        try {
            byte[] message = now.lease().as(() -> now.client().evaluateChallenge(challenge));
            boolean complete = now.client().isComplete();
            return new Stepped(now, message == null && !complete ? new byte[0] : message, complete);
        } catch (SaslException e) {
            throw failed(e);
        }
    }

    private AuthenticationException failed(SaslException thrown) {
        return KerberosFailure.of(thrown, serviceName + '/' + host);
    }

    private static AuthenticationException refused(String why) {
        return AuthenticationException.lasting("GSSAPI: " + why, null);
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            if (!isStepping) {
                dispose();
            }
        }
    }

    private void dispose() {
        Ready now = ready;
        ready = null;
        if (now != null) {
            actor.remote(() -> end(now.client(), now.lease()), (done, thrown) -> {}); // what remains is collected
        }
    }

    private static boolean end(@Nullable SaslClient client, KerberosLogin.Lease lease) throws SaslException {
        try {
            if (client != null) {
                client.dispose();
            }
        } finally {
            lease.giveBack();
        }
        return true;
    }
}
