package dev.tubepost.testkit.env;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Timer;
import dev.tubepost.internal.env.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An actor of the producer in the simulation. <em>Confined to the run's thread.</em> */
final class SimActor implements Actor {

    private static final long MILLI = 1_000_000;

    private final SimEnv env;
    private final SimMailbox mailbox;
    private final Set<SimTimer> timers = new LinkedHashSet<>();

    SimActor(SimEnv env, SimMailbox mailbox) {
        this.env = env;
        this.mailbox = mailbox;
    }

    @Override
    public void post(Runnable command) {
        mailbox.post(command);
    }

    @Override
    public boolean isCurrent() {
        return mailbox.isCurrent();
    }

    /** As on an event loop, up to a millisecond late. */
    @Override
    public Timer after(long delayNanos, Runnable task) {
        assert isCurrent() : this;
        var timer = new SimTimer(this, task);
        timers.add(timer);
        long late = env.chance().nextLong(MILLI);
        long delay = delayNanos > Long.MAX_VALUE - MILLI ? delayNanos : Math.max(0, delayNanos) + late;
        timer.plan(env.events().after(delay, () -> mailbox.post(timer::run)));
        return timer;
    }

    @Override
    public Transport connect(InetSocketAddress address, @Nullable InetSocketAddress source, Transport.Handler handler) {
        assert isCurrent() : this;
        return env.network().connect(mailbox, address, handler);
    }

    @Override
    public void resolve(String host, BiConsumer<@Nullable List<InetAddress>, @Nullable Throwable> answer) {
        assert isCurrent() : this;
        afterAWhile(() -> env.network().resolve(host), 0, answer);
    }

    @Override
    public <T> void side(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        assert isCurrent() : this;
        afterAWhile(
                () -> {
                    RuntimeException thrown = env.hazards().inSideWork();
                    if (thrown != null) {
                        throw thrown;
                    }
                    return work.call();
                },
                env.hazards().sideWorkNanos(),
                done);
    }

    /** Works at one moment and tells at a later one: whatever happens before, in between and after is thereby tried. */
    private <T> void afterAWhile(Callable<T> work, long moreNanos, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        env.events().after(env.chance().nextLong(MILLI), () -> {
            T result = null;
            Throwable failure = null;
            try {
                result = work.call();
            } catch (Throwable thrown) {
                failure = thrown;
            }
            T answer = result;
            Throwable reason = failure;
            env.events()
                    .after(
                            moreNanos + env.chance().nextLong(MILLI),
                            () -> mailbox.post(() -> done.accept(answer, reason)));
        });
    }

    @Override
    public void retire() {
        assert isCurrent() : this;
        mailbox.retire();
        List.copyOf(timers).forEach(SimTimer::cancel);
    }

    void forget(SimTimer timer) {
        timers.remove(timer);
    }

    /** How many tasks are still to run. */
    int timers() {
        return timers.size();
    }

    boolean isRetired() {
        return mailbox.isRetired();
    }

    @Override
    public String toString() {
        return mailbox.toString();
    }
}
