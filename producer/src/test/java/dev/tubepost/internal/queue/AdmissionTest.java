package dev.tubepost.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.batch.MemoryBound;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AdmissionTest {

    private final MemoryBound memory = new MemoryBound(1_000_000, () -> {});
    private final AtomicInteger reclaimed = new AtomicInteger();

    @Test
    void admitsExactlyUpToTheLimitWithSmallerAndSmallerBlocks() {
        Admission admission = admission(1_000, 1_000);
        int admitted = 0;
        int largest = 0;
        for (int block = admission.tryAdmit(); block > 0; block = admission.tryAdmit()) {
            admitted += block;
            largest = Math.max(largest, block);
        }
        assertThat(admitted).isEqualTo(1_000);
        assertThat(largest).isEqualTo(62);
    }

    @Test
    void takesUnusedCreditsBackBeforeItRefuses() {
        Admission[] self = new Admission[1];
        self[0] = new Admission(100, 100, memory, 1_000_000, from -> {
            reclaimed.incrementAndGet();
            from.returnCredits(6); // a queue holds six that it does not use
        });
        int admitted = 0;
        for (int block = self[0].tryAdmit(); block > 0 && admitted < 106; block = self[0].tryAdmit()) {
            self[0].given(block);
            admitted += block;
        }
        assertThat(admitted).isEqualTo(106);
        assertThat(reclaimed).hasPositiveValue();
    }

    @Test
    void takesCreditsBackThatWereOnTheirWayIntoAQueueWhenTheyWereLookedForBefore() {
        var held = new AtomicInteger();
        var admission = new Admission(64, 64, memory, 1_000_000, from -> from.returnCredits(held.getAndSet(0)));
        int block = admission.tryAdmit();
        assertThat(block).isEqualTo(4);
        List<String> served = new ArrayList<>();
        admission.await(waiter("waiter", 61, 10, served)); // has looked for unused ones, and found none yet
        held.set(block - 1); // one of them is used
        admission.given(block);
        assertThat(admission.isHurry())
                .as("the waiter is served, and nobody waits")
                .isFalse();
        assertThat(served).containsExactly("waiter");
    }

    @Test
    void isInAHurryAtTheNumberItselfAndNotOneEarlier() {
        Admission admission = admission(1_000, 100);
        for (int waiting = admission.tryAdmit(); waiting < 100; waiting += admission.tryAdmit()) {
            assertThat(admission.isHurry()).as("%d wait", waiting).isFalse();
        }
        assertThat(admission.grantedMessages()).isEqualTo(100);
        assertThat(admission.isHurry()).isTrue();
        admission.depart(1);
        assertThat(admission.isHurry()).isFalse();
        admission.depart(-1);
        assertThat(admission.isHurry()).isTrue();
    }

    @Test
    void whatIsInFlightCountsAgainstTheLimitUntilItIsReported() {
        Admission admission = admission(10, 10);
        for (int i = 0; i < 10; i++) {
            assertThat(admission.tryAdmit()).isEqualTo(1);
        }
        admission.depart(10);
        assertThat(admission.tryAdmit()).isZero();
        admission.reported(10);
        assertThat(admission.tryAdmit()).isEqualTo(1);
    }

    @Test
    void servesThoseWhoWaitInTheirOrderAndLetsNobodyOvertake() {
        Admission admission = admission(2, 2);
        assertThat(admission.tryAdmitOne(10)).isTrue();
        assertThat(admission.tryAdmitOne(10)).isTrue();
        List<String> served = new ArrayList<>();
        admission.await(waiter("first", 1, 10, served));
        admission.await(waiter("second", 1, 10, served));
        admission.giveBack(1, 10);
        assertThat(served).containsExactly("first");
        assertThat(admission.tryAdmit()).as("somebody waits already").isZero();
        assertThat(admission.tryCharge(1)).as("somebody waits already").isFalse();
        admission.giveBack(1, 10);
        assertThat(served).containsExactly("first", "second");
    }

    @Test
    void whoLeavesTheLineDoesNotHoldUpTheNext() {
        Admission admission = admission(1, 1);
        assertThat(admission.tryAdmitOne(1_000_000)).isTrue();
        List<String> served = new ArrayList<>();
        Admission.Waiter large = waiter("large", 0, 1_000_000, served);
        admission.await(large);
        admission.await(waiter("small", 0, 1, served));
        admission.releaseBytes(10);
        assertThat(served).isEmpty();
        assertThat(admission.leave(large)).isTrue();
        assertThat(served).containsExactly("small");
        assertThat(admission.leave(large)).isFalse();
    }

    @Test
    void takesCountAndBytesTogetherOrNeither() {
        Admission admission = admission(10, 10);
        assertThat(admission.tryAdmitOne(999_999)).isTrue();
        assertThat(admission.tryAdmitOne(2)).isFalse();
        assertThat(admission.grantedMessages()).isEqualTo(1);
        assertThat(admission.usedBytes()).isEqualTo(999_999);
    }

    @Test
    void aShareIsNotExceededButLetsOneMessageInHoweverLarge() {
        var admission = new Admission(10, 10, memory, 100, from -> {});
        assertThat(admission.tryCharge(500)).isTrue();
        assertThat(admission.tryCharge(1)).isFalse();
        admission.releaseBytes(500);
        assertThat(admission.tryCharge(60)).isTrue();
        assertThat(admission.tryCharge(60)).isFalse();
        assertThat(memory.usedBytes()).isEqualTo(60);
    }

    @Test
    void aMovedQueueTakesItsChargeAlong() {
        Admission from = admission(10, 10);
        Admission to = admission(10, 10);
        assertThat(from.tryAdmitOne(100)).isTrue();
        to.takeOver(from, 1, 100);
        assertThat(from.grantedMessages()).isZero();
        assertThat(from.usedBytes()).isZero();
        assertThat(to.grantedMessages()).isEqualTo(1);
        assertThat(to.usedBytes()).isEqualTo(100);
        assertThat(memory.usedBytes()).isEqualTo(100);
    }

    @Test
    void neverExceedsTheLimitAndNeverRefusesEarlyUnderManyThreads() throws Exception {
        Admission admission = admission(5_000, 5_000);
        var threads = Executors.newFixedThreadPool(8);
        var admitted = new AtomicLong();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                all.add(threads.submit(() -> {
                    for (int block = admission.tryAdmit(); block > 0; block = admission.tryAdmit()) {
                        admitted.addAndGet(block);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(admitted).hasValue(5_000);
        assertThat(admission.grantedMessages()).isEqualTo(5_000);
    }

    @Test
    void everyWaiterIsServedWhenThreadsComeAndGo() throws Exception {
        Admission admission = admission(3, 3);
        var threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        var served = new java.util.concurrent.CompletableFuture<Void>();
                        admission.await(new Admission.Waiter(1, 100) {
                            @Override
                            protected void onRoom() {
                                served.complete(null);
                            }
                        });
                        served.join();
                        admission.giveBack(1, 100);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(60, java.util.concurrent.TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(admission.grantedMessages()).isZero();
        assertThat(admission.usedBytes()).isZero();
        assertThat(memory.usedBytes()).isZero();
    }

    private Admission admission(int maxMessages, int hurryMessages) {
        return new Admission(maxMessages, hurryMessages, memory, 1_000_000, from -> reclaimed.incrementAndGet());
    }

    private static Admission.Waiter waiter(String name, int messages, long bytes, List<String> served) {
        return new Admission.Waiter(messages, bytes) {
            @Override
            protected void onRoom() {
                served.add(name);
            }
        };
    }
}
