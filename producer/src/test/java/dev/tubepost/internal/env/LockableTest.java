package dev.tubepost.internal.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LockableTest {

    private static final class Door extends Lockable {
        private static final long serialVersionUID = 1L;
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
        var held = new CountDownLatch(1);
        Future<Boolean> holder = another.submit(() -> {
            door.lock();
            held.countDown();
            boolean opened = gate.await(20, TimeUnit.SECONDS);
            door.unlock();
            return opened;
        });
        assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(door.tryLock()).isFalse();
        assertThat(door.tryLockSoon()).isFalse();
        gate.countDown();
        assertThat(holder.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(door.tryLockSoon()).isTrue();
        door.unlock();
        assertThat(door.tryLock()).isTrue();
        door.unlock();
    }
}
