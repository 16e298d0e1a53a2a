package dev.tubepost.internal.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LockableTest {

    private static final class Door extends Lockable {
        private static final long serialVersionUID = 1L;

        private int looks;
        private transient IntConsumer afterLook = number -> {};

        @Override
        boolean isFree() {
            boolean free = super.isFree();
            looks++;
            afterLook.accept(looks);
            return free;
        }
    }

    private final Door door = new Door();
    private final ExecutorService another = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        another.shutdownNow();
    }

    @Test
    void whoLooksDoesNotWaitForAHolderWhoStays() throws Exception {
        var gate = new CountDownLatch(1);
        Future<Boolean> holder = holdUntil(gate);
        assertThat(door.tryLock()).isFalse();
        assertThat(door.tryLockSoon()).isFalse();
        gate.countDown();
        assertThat(holder.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(door.tryLockSoon()).isTrue();
        door.unlock();
        assertThat(door.tryLock()).isTrue();
        door.unlock();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, Lockable.MAX_LOOKS})
    void whoLooksSeesThatTheHolderHasLetGoAfterTheFirstLookOrTheLast(int looks) throws Exception {
        var gate = new CountDownLatch(1);
        Future<Boolean> holder = holdUntil(gate);
        door.afterLook = number -> {
            if (number == looks) {
                gate.countDown();
                assertThat(holder).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
            }
        };
        assertThat(door.tryLockSoon()).isTrue();
        door.unlock();
    }

    /** Another thread holds the lock when this returns, and until the gate opens. */
    private Future<Boolean> holdUntil(CountDownLatch gate) throws InterruptedException {
        var held = new CountDownLatch(1);
        Future<Boolean> holder = another.submit(() -> {
            door.lock();
            held.countDown();
            boolean opened = gate.await(20, TimeUnit.SECONDS);
            door.unlock();
            return opened;
        });
        assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
        return holder;
    }
}
