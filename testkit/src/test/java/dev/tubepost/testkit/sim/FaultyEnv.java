package dev.tubepost.testkit.sim;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Knob;
import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.env.Step;
import dev.tubepost.testkit.env.SimEnv;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The simulation's environment, in which a test lets something be thrown, or done, in the middle of the producer's work. */
final class FaultyEnv implements Env {

    private final SimEnv env;
    private int chances = -1;
    private Consumer<Step> onStep = point -> {};

    FaultyEnv(SimEnv env) {
        this.env = env;
    }

    /** Throws in the next look-up of a random number, as for a backoff; once. */
    void breakNextChance() {
        chances = 0;
    }

    /** Does it at each step, before others may run there. */
    void onStep(Consumer<Step> action) {
        onStep = action;
    }

    boolean isBroken() {
        return chances < 0;
    }

    @Override
    public RandomGenerator random() {
        if (chances == 0) {
            chances = -1;
            throw new MishapException("a look-up of a random number");
        }
        return env.random();
    }

    @Override
    public long nanos() {
        return env.nanos();
    }

    @Override
    public long millis() {
        return env.millis();
    }

    @Override
    public Actor actor(String name) {
        return env.actor(name);
    }

    @Override
    public Mailbox reports(String name) {
        return env.reports(name);
    }

    @Override
    public boolean await(CompletableFuture<?> completion, long nanos) throws InterruptedException {
        return env.await(completion, nanos);
    }

    @Override
    public int knob(Knob which, int usual) {
        return env.knob(which, usual);
    }

    @Override
    public void step(Step point) {
        onStep.accept(point);
        env.step(point);
    }

    @Override
    public void close() {
        env.close();
    }
}
