package dev.tubepost.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Timer;
import dev.tubepost.internal.env.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever asks for work is told what came of it, once, whatever the user's thread factory does. */
final class SideThreadsTest {

    private final Inbox inbox = new Inbox();
    private final List<@Nullable Throwable> failures = new ArrayList<>();

    @Test
    void aFactoryThatThrowsOnceIsToldAndTheNextWorkRuns() throws Exception {
        var made = new AtomicInteger();
        var threads = new SideThreads("side", 1, SideThreads.AS_MUCH_AS_COMES, new Threads(task -> {
            if (made.getAndIncrement() == 0) {
                throw new IllegalStateException("a factory's mistake");
            }
            return new Thread(task);
        }));
        try {
            threads.run(inbox, () -> 1, (result, failure) -> failures.add(failure));
            inbox.runNext();
            threads.run(inbox, () -> 2, (result, failure) -> failures.add(failure));
            inbox.runNext();
            assertThat(failures.get(0)).isInstanceOf(IllegalStateException.class);
            assertThat(failures.get(1)).isNull();
            assertThat(failures).hasSize(2);
        } finally {
            threads.close();
        }
    }

    @Test
    void aFactoryThatGivesNothingIsTold() throws Exception {
        @SuppressWarnings("NullAway") // that is the mistake
        var threads = new SideThreads("side", 1, SideThreads.AS_MUCH_AS_COMES, new Threads(task -> null));
        threads.run(inbox, () -> 1, (result, failure) -> failures.add(failure));
        inbox.runNext();
        assertThat(failures).hasSize(1).doesNotContainNull();
        threads.close();
    }

    @Test
    void tenThousandBatchesMayWaitToBeCompressed() throws Exception {
        var threads = new SideThreads("side", 1, SideThreads.AS_MUCH_AS_COMES, new Threads(Thread::new));
        try {
            for (int i = 0; i < 10_000; i++) {
                threads.run(inbox, () -> 1, (result, failure) -> failures.add(failure));
            }
            for (int i = 0; i < 10_000; i++) {
                inbox.runNext();
            }
            assertThat(failures).hasSize(10_000).containsOnlyNulls();
        } finally {
            threads.close();
        }
    }

    @Test
    void whatIsOneTooManyIsRefusedAndTold() throws Exception {
        var gate = new CountDownLatch(1);
        var threads = new SideThreads("remote", 1, 1, new Threads(Thread::new));
        try {
            for (int i = 0; i < 3; i++) { // one runs, one waits
                threads.run(inbox, () -> gate.await(20, TimeUnit.SECONDS), (result, failure) -> failures.add(failure));
            }
            inbox.runNext();
            assertThat(failures).singleElement().isInstanceOf(RejectedExecutionException.class);
            gate.countDown();
            inbox.runNext();
            inbox.runNext();
            assertThat(failures.subList(1, 3)).containsOnlyNulls();
        } finally {
            threads.close();
        }
    }

    /** An actor that does what it is told to when the test says so. */
    private static final class Inbox implements Actor {

        private final LinkedBlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();

        void runNext() throws InterruptedException {
            Runnable next = commands.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("nothing was told").isNotNull();
            next.run();
        }

        @Override
        public void post(Runnable command) {
            commands.add(command);
        }

        @Override
        public boolean isCurrent() {
            return true;
        }

        @Override
        public void retire() {}

        @Override
        public Timer after(long delayNanos, Runnable task) {
            throw new UnsupportedOperationException();
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
