package dev.tubepost.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Authenticator;
import dev.tubepost.internal.net.Connection.Settings;
import dev.tubepost.internal.net.Connection.Target;
import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.WireReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An actor on real event loops with one connection, driven from the test's thread. <em>Thread-safe.</em> */
final class Client implements AutoCloseable {

    static final long PATIENCE_SECONDS = 20;

    final EventLoops loops;
    final Actor actor;
    final CompletableFuture<Connection> ready = new CompletableFuture<>();
    final CompletableFuture<ConnectionLoss> closed = new CompletableFuture<>();
    final CompletableFuture<Void> drained = new CompletableFuture<>();
    /** Outcomes of calls and of the connection, in order. */
    final List<String> outcomes = new CopyOnWriteArrayList<>();

    private long requestMillis = 10_000;
    private long setupMillis = 10_000;
    private long idleMillis = 600_000;
    private int maxReplyBytes = 1 << 20;
    private int failuresBefore;
    private @Nullable Authenticator authenticator;
    private @Nullable Connection connection;

    Client() {
        this(UnaryOperator.identity());
    }

    /** @param world what the connection sees of its actor */
    Client(UnaryOperator<Actor> world) {
        var defaults = EventLoops.Settings.defaults();
        loops = new EventLoops(new EventLoops.Settings(
                1,
                defaults.threadFactory(),
                128 * 1024, // less than one segment of the loopback interface waits 40 ms for each acknowledgement
                0,
                (where, thrown) -> outcomes.add("fault " + thrown.getMessage())));
        actor = world.apply(loops.actor("test"));
    }

    Client requestTimeout(long millis) {
        requestMillis = millis;
        return this;
    }

    Client setupTimeout(long millis) {
        setupMillis = millis;
        return this;
    }

    Client idle(long millis) {
        idleMillis = millis;
        return this;
    }

    Client maxReply(int bytes) {
        maxReplyBytes = bytes;
        return this;
    }

    Client authenticator(Authenticator proof) {
        authenticator = proof;
        return this;
    }

    Client open(int port) throws Exception {
        return open(new Target("127.0.0.1", port, -1, null));
    }

    Client open(Target target) throws Exception {
        connection = on(() -> Connection.open(loops, actor, settings(), target, new Owner(), failuresBefore));
        return this;
    }

    /** Opens, and waits for the handshake. */
    Client ready(int port) throws Exception {
        open(port);
        assertThat(within(CompletableFuture.anyOf(ready, closed))).isInstanceOf(Connection.class);
        return this;
    }

    Connection connection() {
        return Objects.requireNonNull(connection, "open first");
    }

    ConnectionLoss loss() throws Exception {
        return within(closed);
    }

    /** Runs on the actor, and waits. */
    <T> T on(Callable<T> action) throws Exception {
        var done = new CompletableFuture<T>();
        actor.post(() -> {
            try {
                done.complete(action.call());
            } catch (Throwable thrown) {
                done.completeExceptionally(thrown);
            }
        });
        return within(done);
    }

    TestCall send(TestCall call) throws Exception {
        on(() -> {
            connection().send(call);
            return true;
        });
        return call;
    }

    TestCall call(String name) {
        return new TestCall(name, true, 0);
    }

    static <T> T within(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Settings settings() {
        return new Settings(
                "test",
                "tubepost",
                "0.1.0",
                TimeUnit.MILLISECONDS.toNanos(requestMillis),
                TimeUnit.MILLISECONDS.toNanos(setupMillis),
                TimeUnit.MILLISECONDS.toNanos(setupMillis),
                TimeUnit.MILLISECONDS.toNanos(idleMillis),
                maxReplyBytes,
                null,
                null,
                authenticator);
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                on(() -> {
                    connection().close("the test is over");
                    return true;
                });
            }
            loops.close();
            assertThat(loops.awaitClosed(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private final class Owner implements Connection.Owner {
        @Override
        public void onReady(Connection opened) {
            ready.complete(opened);
        }

        @Override
        public void onClosed(Connection ended, ConnectionLoss loss) {
            outcomes.add("closed");
            assertThat(closed.complete(loss)).as("told once").isTrue();
        }

        @Override
        public void onDrained(Connection open) {
            drained.complete(null);
        }
    }

    /** A request with any bytes in it, as Metadata v1 unless told otherwise. */
    final class TestCall extends Call {
        private final String name;
        private final int padding;
        final CompletableFuture<byte[]> reply = new CompletableFuture<>();
        final CompletableFuture<ConnectionLoss> lost = new CompletableFuture<>();
        final CompletableFuture<Void> written = new CompletableFuture<>();
        volatile Runnable duringReply = () -> {};

        TestCall(String name, boolean expectsReply, int padding) {
            super(expectsReply ? ApiKey.METADATA : ApiKey.PRODUCE, expectsReply ? 1 : 3, expectsReply);
            this.name = name;
            this.padding = padding;
        }

        @Override
        protected ByteBuffer[] frame() {
            var text = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            var head = ByteBuffer.allocateDirect(12)
                    .putInt(8 + text.length + padding)
                    .putShort(key().id())
                    .putShort((short) version())
                    .putInt(-1)
                    .flip();
            return new ByteBuffer[] {head, ByteBuffer.wrap(text), ByteBuffer.allocateDirect(padding)};
        }

        @Override
        protected void onWritten() {
            written.complete(null);
        }

        @Override
        protected void onReply(WireReader body) {
            duringReply.run();
            var bytes = new byte[body.remaining()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = body.int8();
            }
            outcomes.add("reply " + name);
            reply.complete(bytes);
        }

        @Override
        protected void onLost(ConnectionLoss loss) {
            outcomes.add("lost " + name);
            assertThat(reply).as("never both").isNotDone();
            assertThat(lost.complete(loss)).as("lost once").isTrue();
        }

        byte[] answer() throws Exception {
            return within(reply);
        }
    }
}
