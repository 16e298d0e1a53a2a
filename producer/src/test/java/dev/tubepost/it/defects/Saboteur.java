package dev.tubepost.it.defects;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.env.Step;
import dev.tubepost.internal.env.Timer;
import dev.tubepost.internal.env.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The real environment, in which a write of a broker worker throws what no code expects, as often as asked. <em>Thread-safe.</em> */
final class Saboteur implements Env {

    private final Env real;
    private final AtomicInteger crashes = new AtomicInteger();

    Saboteur(Env real) {
        this.real = real;
    }

    /** So many of the next writes of Produce requests throw. */
    void crash(int times) {
        crashes.set(times);
    }

    /** How many are still to throw. */
    int left() {
        return crashes.get();
    }

    @Override
    public Actor actor(String name) {
        Actor actor = real.actor(name);
        return name.startsWith("broker-") ? new Sabotaged(actor) : actor;
    }

    @Override
    public long nanos() {
        return real.nanos();
    }

    @Override
    public long millis() {
        return real.millis();
    }

    @Override
    public RandomGenerator random() {
        return real.random();
    }

    @Override
    public Mailbox reports(String name) {
        return real.reports(name);
    }

    @Override
    public void step(Step point) {
        real.step(point);
    }

    @Override
    public boolean await(CompletableFuture<?> completion, long nanos) throws InterruptedException {
        return real.await(completion, nanos);
    }

    @Override
    public void close() {
        real.close();
    }

    private final class Sabotaged implements Actor {
        private final Actor actor;

        Sabotaged(Actor actor) {
            this.actor = actor;
        }

        @Override
        public Transport connect(
                InetSocketAddress address, @Nullable InetSocketAddress source, Transport.Handler handler) {
            Transport transport = actor.connect(address, source, handler);
            return new Transport() {
                @Override
                public int read(ByteBuffer into) throws IOException {
                    return transport.read(into);
                }

                @Override
                public long write(ByteBuffer[] from, int offset, int length) throws IOException {
                    boolean isProduce = from[0].position() == 0 && from[0].getShort(4) == 0;
                    if (isProduce && crashes.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new IllegalStateException("sabotage");
                    }
                    return transport.write(from, offset, length);
                }

                @Override
                public void wantWritable() {
                    transport.wantWritable();
                }

                @Override
                public void wantReadable(boolean wanted) {
                    transport.wantReadable(wanted);
                }

                @Override
                public void close() {
                    transport.close();
                }

                @Override
                public @Nullable String peer() {
                    return transport.peer();
                }
            };
        }

        @Override
        public void post(Runnable command) {
            actor.post(command);
        }

        @Override
        public boolean isCurrent() {
            return actor.isCurrent();
        }

        @Override
        public Timer after(long delayNanos, Runnable task) {
            return actor.after(delayNanos, task);
        }

        @Override
        public void resolve(String host, BiConsumer<@Nullable List<InetAddress>, @Nullable Throwable> answer) {
            actor.resolve(host, answer);
        }

        @Override
        public <T> void side(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
            actor.side(work, done);
        }

        @Override
        public void retire() {
            actor.retire();
        }
    }
}
