package dev.tubepost.internal.queue;

import static dev.tubepost.interleaving.Interleavings.explore;
import static dev.tubepost.interleaving.Interleavings.require;
import static dev.tubepost.interleaving.Interleavings.together;

import dev.tubepost.internal.batch.MemoryBound;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nobody waits for room that is there, and no room is lost (F74). */
@Tag("interleavings")
final class AdmissionWaitersLincheckTest {

    @Test
    void whoWaitsIsServedWhenACreditComesBack() {
        explore(() -> {
            Admission admission = admission(1, 100);
            require(admission.tryAdmit() == 1, "there is one credit");
            together(() -> admission.returnCredits(1), () -> waitFor(admission, 1, 0), () -> waitFor(admission, 1, 0));
            require(admission.grantedMessages() == 0, "all credits came back");
        });
    }

    @Test
    void whoWaitsIsServedThoughAnotherTriedWithMoreThanThereIs() {
        explore(() -> {
            Admission admission = admission(1, 100);
            require(admission.tryCharge(50), "half of the bytes");
            together(() -> waitFor(admission, 1, 10), () -> {
                require(!admission.tryAdmitOne(60), "there is no room for so much");
            });
            admission.releaseBytes(50);
            require(admission.grantedMessages() == 0 && admission.usedBytes() == 0, "all came back");
        });
    }

    @Test
    void whoLeavesTheLineIsServedOrNotButNeverBoth() {
        explore(() -> {
            Admission admission = admission(1, 100);
            require(admission.tryAdmit() == 1, "there is one credit");
            var impatient = new Waiting(1, 0);
            together(
                    () -> admission.returnCredits(1),
                    () -> {
                        admission.await(impatient);
                        if (!admission.leave(impatient)) {
                            impatient.served.get();
                            admission.giveBack(1, 0);
                        }
                    },
                    () -> waitFor(admission, 1, 0));
            require(admission.grantedMessages() == 0, "all credits came back");
            require(!admission.isAwaited(), "nobody is left in the line");
        });
    }

    private static Admission admission(int messages, long bytes) {
        return new Admission(messages, Integer.MAX_VALUE, new MemoryBound(bytes, () -> {}), bytes, from -> {});
    }

    /** As a caller does without a timeout: whoever is forgotten hangs, which the model checker sees. */
    private static void waitFor(Admission admission, int messages, long bytes) throws Exception {
        var waiter = new Waiting(messages, bytes);
        admission.await(waiter);
        waiter.served.get();
        admission.giveBack(messages, bytes);
    }

    private static final class Waiting extends Admission.Waiter {
        final CompletableFuture<Void> served = new CompletableFuture<>();

        Waiting(int messages, long bytes) {
            super(messages, bytes);
        }

        @Override
        protected void onRoom() {
            require(served.complete(null), "served once");
        }
    }
}
