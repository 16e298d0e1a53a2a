package dev.tubepost.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class FlushLedgerTest {

    private final FlushLedger ledger = new FlushLedger();

    @Test
    void aFlushOfNothingIsDoneAtOnce() {
        assertThat(ledger.flush()).isDone();
    }

    @Test
    void aFlushWaitsForWhatWasBegunBefore() {
        FlushLedger.Generation held = ledger.enter();
        CompletableFuture<Void> flush = ledger.flush();
        assertThat(flush).isNotDone();
        assertThat(held.isSealed()).isTrue();
        held.release();
        assertThat(flush).isDone();
    }

    @Test
    void aFlushDoesNotWaitForWhatIsBegunAfterwards() {
        CompletableFuture<Void> flush = ledger.flush();
        FlushLedger.Generation later = ledger.enter();
        assertThat(flush).isDone();
        assertThat(later.isSealed()).isFalse();
    }

    @Test
    void aLaterFlushWaitsForTheEarlierOnesToo() {
        FlushLedger.Generation first = ledger.enter();
        CompletableFuture<Void> one = ledger.flush();
        FlushLedger.Generation second = ledger.enter();
        CompletableFuture<Void> two = ledger.flush();
        second.release();
        assertThat(one).isNotDone();
        assertThat(two).isNotDone();
        first.release();
        assertThat(one).isDone();
        assertThat(two).isDone();
    }

    @Test
    void aHolderMayBeJoinedByAnotherAfterTheFlush() {
        FlushLedger.Generation held = ledger.enter();
        CompletableFuture<Void> flush = ledger.flush();
        held.hold();
        held.release();
        assertThat(flush).isNotDone();
        held.release();
        assertThat(flush).isDone();
    }

    @Test
    void everyFlushEndsWhenAllBeforeItIsReleasedInWhateverOrder() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new SplittableRandom(seed);
            var fresh = new FlushLedger();
            List<FlushLedger.Generation> held = new ArrayList<>();
            List<CompletableFuture<Void>> flushes = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int what = random.nextInt(3);
                if (what == 0) {
                    flushes.add(fresh.flush());
                } else if (what == 1 || held.isEmpty()) {
                    held.add(fresh.enter());
                } else {
                    held.remove(random.nextInt(held.size())).release();
                }
            }
            held.forEach(FlushLedger.Generation::release);
            assertThat(flushes).as("seed %d", seed).allMatch(CompletableFuture::isDone);
        }
    }
}
