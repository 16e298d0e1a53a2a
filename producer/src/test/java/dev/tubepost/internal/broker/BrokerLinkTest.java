package dev.tubepost.internal.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.cluster.Node;
import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.env.Step;
import dev.tubepost.internal.env.Timer;
import dev.tubepost.internal.env.Transport;
import dev.tubepost.internal.net.Backoff;
import dev.tubepost.internal.net.Connection;
import dev.tubepost.internal.net.ConnectionLoss;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a broker asks for is done within bounds. */
final class BrokerLinkTest {

    private final Clock clock = new Clock();
    private final BrokerLink link = new BrokerLink(
            clock,
            clock,
            new Connection.Settings("client", "tubepost", "1", 1, 1, 1, 1, 1, null),
            new Backoff(clock.random(), 1, 1),
            new Node(1, "kafka1", 9092),
            new NoUser());

    @Test
    void aThrottleOfDaysIsKeptForFiveMinutes() {
        link.throttle(Integer.MAX_VALUE * 1_000_000L);
        assertThat(clock.delays).containsExactly(TimeUnit.MINUTES.toNanos(5));
        clock.nanos += TimeUnit.DAYS.toNanos(1);
        assertThat(link.throttledSince(0)).isEqualTo(TimeUnit.MINUTES.toNanos(5));
    }

    @Test
    void aShortThrottleIsKept() {
        link.throttle(TimeUnit.SECONDS.toNanos(3));
        assertThat(clock.delays).containsExactly(TimeUnit.SECONDS.toNanos(3));
    }

    private static final class NoUser implements BrokerLink.User {
        @Override
        public void onLinkWritable() {}

        @Override
        public void onLinkLost(ConnectionLoss loss) {}
    }

    /** A clock that a test sets, and an actor that writes down for when it is asked. */
    private static final class Clock implements Env, Actor {

        final List<Long> delays = new ArrayList<>();
        long nanos;

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
            throw new UnsupportedOperationException();
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
        public Transport connect(
                InetSocketAddress address, @Nullable InetSocketAddress source, Transport.Handler handler) {
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
}
