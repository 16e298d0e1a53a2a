package dev.tubepost.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.Transport;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TrustSource;
import dev.tubepost.tls.testing.Certificates;
import dev.tubepost.tls.testing.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One client over one {@link EngineStream}; events, commands and side work come when the test says so. <em>Confined to the test's thread.</em> */
final class EngineClient implements Transport.Handler {

    static final Identity AUTHORITY = Certificates.authority("Test CA");

    private static final SSLContext SERVER =
            Certificates.named("broker").issuedBy(AUTHORITY).serverContext(AUTHORITY);
    private static final TlsOptions OPTIONS = TlsOptions.builder()
            .trust(TrustSource.pem(AUTHORITY.certificatesPem()))
            .build();

    /** A loop that hears as often of the same bytes is busy. */
    static final int MOST_EVENTS = 100;

    final ScriptedActor actor = new ScriptedActor();
    final EngineStream below;
    final TlsTransport transport;
    final List<String> events = new ArrayList<>();

    @Nullable
    IOException failure;

    int readable;
    int writable;
    boolean closesWhenConnected;

    EngineClient(String protocol) {
        this(protocol, SERVER);
    }

    EngineClient(String protocol, SSLContext context) {
        below = new EngineStream(context, protocol);
        var security = new JsseProvider().security(OPTIONS);
        transport = (TlsTransport) security.secure(below, actor, "localhost", 9093, this);
        assertThat(events).as("not told from within").isEmpty();
    }

    static EngineClient open(String protocol) throws IOException {
        var client = new EngineClient(protocol).settle();
        assertThat(client.events).containsExactly("connected");
        client.drain();
        client.below.writes = 0;
        client.readable = 0;
        return client;
    }

    /** Session tickets, which are nothing for the user. */
    private void drain() throws IOException {
        while (below.hasBytesForClient()) {
            assertThat(transport.read(ByteBuffer.allocate(1024))).isZero();
        }
    }

    /** Until nothing moves any more. */
    EngineClient settle() {
        boolean moved = true;
        while (moved && !below.closed) {
            moved = actor.runAll();
            if (below.isReadable() && !events.contains("connected")) {
                transport.onReadable();
                moved = true;
            }
            if (below.wantsWritable) {
                below.wantsWritable = false;
                transport.onWritable();
                moved = true;
            }
        }
        actor.runAll();
        return this;
    }

    /** How often a selector tells of what is there, while no side work ends. */
    int select() {
        int count = 0;
        while (count < MOST_EVENTS && !below.closed && (below.isReadable() || below.wantsWritable)) {
            count++;
            if (below.isReadable()) {
                transport.onReadable();
            }
            if (below.wantsWritable) {
                below.wantsWritable = false;
                transport.onWritable();
            }
            actor.runCommands();
        }
        return count;
    }

    byte[] readAll(int room) throws IOException {
        var all = new ByteArrayOutputStream();
        var into = ByteBuffer.allocate(room);
        int count = transport.read(into);
        while (count > 0) {
            all.write(into.array(), 0, count);
            count = transport.read(into.clear());
        }
        return all.toByteArray();
    }

    static byte[] bytes(long seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Override
    public void onConnected() {
        events.add("connected");
        if (closesWhenConnected) {
            transport.close();
        }
    }

    @Override
    public void onReadable() {
        readable++;
    }

    @Override
    public void onWritable() {
        writable++;
    }

    @Override
    public void onConnectFailed(IOException cause) {
        events.add("failed");
        failure = cause;
    }
}
