package dev.tubepost.internal.queue;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.env.Step;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A clock that a test sets; nothing else. */
final class ManualEnv implements Env {

    long nanos = 1_000_000;

    /** Thrown instead of telling the time. */
    @Nullable
    Error broken;

    @Override
    public long nanos() {
        if (broken != null) {
            throw broken;
        }
        return nanos;
    }

    @Override
    public long millis() {
        return nanos / 1_000_000;
    }

    @Override
    public RandomGenerator random() {
        return new SplittableRandom(1);
    }

    @Override
    public boolean await(CompletableFuture<?> completion, long nanos) {
        throw new UnsupportedOperationException("nobody else runs here");
    }

    @Override
    public Actor actor(String name) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public Mailbox reports(String name) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public void step(Step point) {}

    @Override
    public void close() {}
}
