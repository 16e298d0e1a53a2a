package dev.tubepost.internal.broker;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.env.Step;
import dev.tubepost.internal.env.Timer;
import dev.tubepost.internal.env.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A clock that a test sets, and an actor that writes down for when it is asked, and does what it is told to when the test says so. */
final class ScriptedEnv implements Env, Actor {

    final List<Long> delays = new ArrayList<>();
    final ArrayDeque<Runnable> posted = new ArrayDeque<>();
    final List<Throwable> faults = new ArrayList<>();
    long nanos;

    void runPosted() {
        for (Runnable next = posted.poll(); next != null; next = posted.poll()) {
            next.run();
        }
    }

    @Override
    public void fault(Throwable thrown) {
        faults.add(thrown);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long millis() {
        return nanos / 1_000_000;
    }

    @Override
    public RandomGenerator random() {
        return new SplittableRandom(1);
    }

    @Override
    public boolean await(CompletableFuture<?> completion, long waitNanos) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Actor actor(String name) {
        return this;
    }

    @Override
    public Mailbox reports(String name) {
        return this;
    }

    @Override
    public void step(Step point) {}

    @Override
    public void close() {}

    @Override
    public void post(Runnable command) {
        posted.add(command);
    }

    @Override
    public boolean isCurrent() {
        return true;
    }

    @Override
    public void retire() {}

    @Override
    public Timer after(long delayNanos, Runnable task) {
        delays.add(delayNanos);
        return () -> {};
    }

    @Override
    public Transport connect(InetSocketAddress address, @Nullable InetSocketAddress source, Transport.Handler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resolve(String host, BiConsumer<@Nullable List<InetAddress>, @Nullable Throwable> answer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> void side(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        throw new UnsupportedOperationException();
    }
}
