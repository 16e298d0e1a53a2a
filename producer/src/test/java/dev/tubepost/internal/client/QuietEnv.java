package dev.tubepost.internal.client;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.env.Step;
import dev.tubepost.internal.env.Timer;
import dev.tubepost.internal.env.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A world in which time stands still and no actor acts: all that happens is what the threads of a scenario do. <em>Immutable.</em> */
class QuietEnv implements Env {

    @Override
    public long nanos() {
        return 1_000_000;
    }

    @Override
    public long millis() {
        return 1;
    }

    @Override
    public RandomGenerator random() {
        return new SplittableRandom(1);
    }

    /** For ever: whoever is forgotten hangs, which is seen. */
    @Override
    public boolean await(CompletableFuture<?> completion, long nanos) throws InterruptedException {
        try {
            completion.get();
        } catch (ExecutionException e) {
            throw new AssertionError("nothing fails here", e);
        }
        return true;
    }

    @Override
    public Actor actor(String name) {
        return new Nobody();
    }

    @Override
    public Mailbox reports(String name) {
        return new Nobody();
    }

    @Override
    public void step(Step point) {}

    @Override
    public void close() {}

    /** Does nothing that it is told to do. */
    private static final class Nobody implements Actor {
        @Override
        public void post(Runnable command) {}

        @Override
        public boolean isCurrent() {
            return true;
        }

        @Override
        public void retire() {}

        @Override
        public Timer after(long delayNanos, Runnable task) {
            return () -> {};
        }

        @Override
        public Transport connect(
                InetSocketAddress address, @Nullable InetSocketAddress source, Transport.Handler handler) {
            throw new UnsupportedOperationException("nobody connects here");
        }

        @Override
        public void resolve(String host, BiConsumer<@Nullable List<InetAddress>, @Nullable Throwable> answer) {}

        @Override
        public <T> void side(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {}
    }
}
