package dev.tubepost.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a socket on an event loop tells, and when. */
final class NioTransportTest {

    private static final int PASSES = 100;

    @Test
    void tellsOfNothingToReadAsLongAsThatIsNotWanted() throws Exception {
        var loops = new EventLoops(EventLoops.Settings.defaults());
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var actor = loops.actor("reader");
            var reader = new Reader();
            var address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            within(actor, () -> reader.transport = actor.connect(address, null, reader));
            reader.connected.get(30, TimeUnit.SECONDS);
            within(actor, () -> reader.transport().wantReadable(false));
            try (var peer = server.accept()) {
                peer.getOutputStream().write(new byte[100_000]);
                for (int i = 0; i < PASSES; i++) { // each looks at the network, too
                    within(actor, () -> assertThat(reader.reads).isZero());
                }
                within(actor, () -> reader.transport().wantReadable(true));
                reader.told.get(30, TimeUnit.SECONDS);
            }
            within(actor, () -> {
                reader.transport().close();
                reader.transport().wantReadable(true);
            });
        } finally {
            loops.close();
        }
    }

    private static void within(Actor actor, Runnable command) throws Exception {
        var done = new CompletableFuture<Void>();
        actor.post(() -> {
            try {
                command.run();
                done.complete(null);
            } catch (Throwable thrown) {
                done.completeExceptionally(thrown);
            }
        });
        done.get(30, TimeUnit.SECONDS);
    }

    /** Counts, and reads. <em>Confined to the actor, but for the futures.</em> */
    private static final class Reader implements Transport.Handler {
        final CompletableFuture<Void> connected = new CompletableFuture<>();
        final CompletableFuture<Void> told = new CompletableFuture<>();

        @Nullable
        Transport transport;

        int reads;

        Transport transport() {
            return Objects.requireNonNull(transport);
        }

        @Override
        public void onConnected() {
            connected.complete(null);
        }

        @Override
        public void onReadable() {
            reads++;
            try {
                transport().read(ByteBuffer.allocate(1 << 20));
                told.complete(null);
            } catch (IOException e) {
                told.completeExceptionally(e);
            }
        }

        @Override
        public void onWritable() {}

        @Override
        public void onConnectFailed(IOException cause) {
            connected.completeExceptionally(cause);
        }
    }
}
