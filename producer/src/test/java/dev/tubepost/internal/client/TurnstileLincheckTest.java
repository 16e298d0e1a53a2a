package dev.tubepost.internal.client;

import static dev.tubepost.interleaving.Interleavings.explore;
import static dev.tubepost.interleaving.Interleavings.require;
import static dev.tubepost.interleaving.Interleavings.together;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stops, starts and closes pass one at a time, and whoever has no time left cuts off whoever is in between. */
@Tag("interleavings")
final class TurnstileLincheckTest {

    @Test
    void oneIsInBetweenAndNobodyIsForgotten() {
        explore(() -> {
            var turnstile = new Turnstile(new QuietEnv());
            var inside = new AtomicInteger();
            var passed = new AtomicInteger();
            together(() -> pass(turnstile, inside, passed), () -> pass(turnstile, inside, passed));
            require(passed.get() == 2, "both are through");
        });
    }

    private static void pass(Turnstile turnstile, AtomicInteger inside, AtomicInteger passed) {
        Turnstile.Turn turn = turnstile.enter(-1, "for a test");
        require(inside.incrementAndGet() == 1, "it is alone");
        inside.decrementAndGet();
        passed.incrementAndGet();
        turnstile.leave(turn);
    }

    @Test
    void whoWaitsWithoutEndIsCutOffByWhoHasNoTime() {
        explore(() -> {
            var turnstile = new Turnstile(new QuietEnv() {
                @Override
                public boolean await(CompletableFuture<?> completion, long nanos) throws InterruptedException {
                    return nanos != 0 ? super.await(completion, nanos) : completion.isDone();
                }
            });
            Turnstile.Turn first = turnstile.enter(-1, "for a test");
            together(
                    () -> {
                        first.orCutOff(new CompletableFuture<>()).join();
                        turnstile.leave(first);
                    },
                    () -> turnstile.leave(turnstile.enter(0, "for a test")));
        });
    }
}
