package dev.tubepost.internal.batch;

import static dev.tubepost.interleaving.Interleavings.explore;
import static dev.tubepost.interleaving.Interleavings.require;
import static dev.tubepost.interleaving.Interleavings.together;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A flush ends when what was begun before it is over: not sooner, and always. */
@Tag("interleavings")
final class FlushLedgerLincheckTest {

    @Test
    void aFlushEndsAfterWhatWasBegunBeforeItAndNeverHangs() {
        explore(() -> {
            var ledger = new FlushLedger();
            var over = new AtomicBoolean();
            FlushLedger.Generation begun = ledger.enter();
            var first = new AtomicReference<CompletableFuture<Boolean>>();
            together(
                    () -> {
                        over.set(true);
                        begun.release();
                    },
                    () -> first.set(ledger.flush().thenApply(done -> over.get())),
                    () -> {
                        FlushLedger.Generation later = ledger.enter();
                        CompletableFuture<Void> second = ledger.flush();
                        require(!second.isDone(), "a later flush waits for its own");
                        later.release();
                    });
            require(first.get().isDone(), "the flush ended");
            require(first.get().join(), "and not before what was begun");
            require(ledger.flush().isDone(), "nothing is held");
        });
    }
}
