package dev.tubepost.testkit.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.env.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SimEnvTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final SimEnv env = new SimEnv(1);
    private final List<String> seen = new ArrayList<>();

    private void runAll() {
        env.runUntil(Long.MAX_VALUE);
    }

    @Test
    void runsTheCommandsOfAnActorInTheirOrder() {
        Actor actor = env.actor("one");
        IntStream.range(0, 5).forEach(i -> actor.post(() -> seen.add("" + i)));
        assertThat(seen).isEmpty();
        runAll();
        assertThat(seen).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void letsTheSeedDecideWhichActorIsNext() {
        assertThat(LongStream.range(0, 50).mapToObj(SimEnvTest::firstOfTwo).distinct())
                .containsExactlyInAnyOrder("a", "b");
    }

    private static String firstOfTwo(long seed) {
        var env = new SimEnv(seed);
        var order = new ArrayList<String>();
        env.actor("a").post(() -> order.add("a"));
        env.actor("b").post(() -> order.add("b"));
        env.runUntil(Long.MAX_VALUE);
        return order.get(0);
    }

    @Test
    void runsATimerWhenItIsDueAndUpToAMillisecondLater() {
        Actor actor = env.actor("one");
        var at = new ArrayList<Long>();
        actor.post(() -> actor.after(5 * SECOND, () -> at.add(env.events().now())));
        runAll();
        assertThat(at).singleElement().satisfies(now -> assertThat(now).isBetween(5 * SECOND, 5 * SECOND + 2_000_000));
        assertThat(env.timers()).isZero();
    }

    @Test
    void runsNoTimerThatWasCancelledOrWhoseActorEnded() {
        Actor actor = env.actor("one");
        actor.post(() -> {
            actor.after(SECOND, () -> seen.add("cancelled")).cancel();
            actor.after(SECOND, () -> seen.add("after the end"));
        });
        actor.post(actor::retire);
        runAll();
        assertThat(seen).isEmpty();
        assertThat(env.timers()).isZero();
        assertThat(env.liveActors()).isEmpty();
    }

    /** What turns within turns cannot show: neither lies within the other. */
    @Test
    void letsACallerWithAThreadEndInTheMidstOfATurnThatBeganInTheMidstOfItsOwn() {
        assertThat(LongStream.range(0, 300).mapToObj(SimEnvTest::orderOfTwoThatStep))
                .contains("caller actor /caller /actor", "actor caller /actor /caller", "caller actor /actor /caller");
    }

    private static String orderOfTwoThatStep(long seed) {
        var env = new SimEnv(seed);
        var order = new ArrayList<String>();
        env.callerThread("caller").post(() -> step(env, order, "caller"));
        env.actor("actor").post(() -> step(env, order, "actor"));
        env.runUntil(Long.MAX_VALUE);
        env.dismissThreads();
        return String.join(" ", order);
    }

    private static void step(SimEnv env, List<String> order, String who) {
        order.add(who);
        env.step(Step.APPENDED);
        order.add("/" + who);
    }

    @Test
    void lettingACallerWithAThreadWaitKeepsNobodyElseFromGoingOn() {
        var done = new CompletableFuture<Void>();
        Mailbox waiting = env.callerThread("waiting");
        Mailbox other = env.callerThread("other");
        waiting.post(() -> seen.add("waited " + await(done, 10 * SECOND)));
        other.post(() -> {
            seen.add("waited " + await(new CompletableFuture<>(), SECOND));
            done.complete(null);
        });
        runAll();
        env.dismissThreads();
        assertThat(seen).containsExactly("waited false", "waited true");
        assertThat(env.events().now()).isBetween(SECOND, 2 * SECOND);
    }

    private boolean await(CompletableFuture<?> done, long nanos) {
        try {
            return env.await(done, nanos);
        } catch (InterruptedException e) {
            seen.add("interrupted");
            return false;
        }
    }

    @Test
    void interruptsACallerThatWaitsAndNoneThatDoesNot() {
        Mailbox caller = env.caller("caller");
        caller.post(() -> {
            env.interruptAt(env.events().now() + SECOND);
            await(CompletableFuture.completedFuture(null), 5 * SECOND);
            await(new CompletableFuture<>(), 5 * SECOND);
            await(new CompletableFuture<>(), SECOND);
        });
        runAll();
        assertThat(seen).containsExactly("interrupted");
    }

    @Test
    void endsTheThreadsOfCallersThatAreInTheMidstOfACall() {
        Mailbox caller = env.callerThread("a caller to be dismissed");
        caller.post(() -> {
            try {
                await(new CompletableFuture<>(), -1);
                seen.add("went on");
            } finally {
                seen.add("dismissed");
            }
        });
        runAll();
        env.dismissThreads();
        assertThat(seen).containsExactly("dismissed");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("a caller to be dismissed");
    }

    @Test
    void keepsWhatACallerThrewOnItsThread() {
        env.callerThread("caller").post(() -> {
            throw new IllegalStateException("a mistake");
        });
        runAll();
        env.dismissThreads();
        assertThat(env.faults()).singleElement().asString().contains("caller", "a mistake");
    }

    @Test
    void letsOthersRunWhileACallerWaits() throws InterruptedException {
        var done = new CompletableFuture<Void>();
        Actor actor = env.actor("one");
        actor.post(() -> actor.after(SECOND, () -> done.complete(null)));
        assertThat(env.await(done, 2 * SECOND)).isTrue();
        assertThat(env.events().now()).isBetween(SECOND, 2 * SECOND);
    }

    @Test
    void endsAWaitWhenItsTimeIsOver() throws InterruptedException {
        assertThat(env.await(new CompletableFuture<>(), SECOND)).isFalse();
        assertThat(env.events().now()).isEqualTo(SECOND);
    }

    @Test
    void saysSoWhenAWaitCannotEnd() {
        assertThatThrownBy(() -> env.await(new CompletableFuture<>(), -1)).hasMessageContaining("waits for ever");
    }

    @Test
    void letsOthersRunAtAStepButNeverTheSameActor() {
        for (int i = 0; i < 100; i++) {
            Actor one = env.actor("one");
            Actor other = env.actor("other");
            one.post(() -> {
                seen.add("begin");
                env.step(Step.CLOSED);
                seen.add("end");
            });
            one.post(() -> seen.add("next"));
            other.post(() -> seen.add("other"));
            runAll();
        }
        assertThat(seen).containsSubsequence("begin", "other", "end");
        assertThat(String.join(" ", seen)).contains("begin other end").doesNotContain("begin next");
    }

    @Test
    void knowsWhetherACallerMayWait() {
        Mailbox caller = env.caller("caller");
        caller.post(() -> seen.add("" + env.mayWait()));
        runAll();
        assertThat(seen).containsExactly("true");
    }

    @Test
    void keepsWhatAnActorThrew() {
        env.actor("one").post(() -> {
            throw new IllegalStateException("a mistake");
        });
        runAll();
        assertThat(env.faults()).singleElement().asString().contains("one", "a mistake");
    }

    @Test
    void hearsNothingFromActorsAfterItsEnd() {
        Actor actor = env.actor("one");
        actor.post(() -> seen.add("before"));
        env.close();
        actor.post(() -> seen.add("after"));
        runAll();
        assertThat(seen).containsExactly("before");
    }

    @Test
    void tellsTheResultOfSideWorkOnTheActor() {
        Actor actor = env.actor("one");
        actor.post(() -> actor.side(() -> 42, (result, failure) -> seen.add(result + " " + actor.isCurrent())));
        runAll();
        assertThat(seen).containsExactly("42 true");
    }

    @Test
    void takesARunForEndlessThatDoesNotEnd() {
        Actor actor = env.actor("one");
        actor.post(new Runnable() {
            @Override
            public void run() {
                actor.post(this);
            }
        });
        assertThatThrownBy(this::runAll).hasMessageContaining("does not end");
    }
}
