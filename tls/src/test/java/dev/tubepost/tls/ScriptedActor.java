package dev.tubepost.tls;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Timer;
import dev.tubepost.internal.env.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An actor whose commands and side work run when the test says so, on its thread. <em>Confined to the test's thread.</em> */
final class ScriptedActor implements Actor {

    private final ArrayDeque<Runnable> commands = new ArrayDeque<>();
    private final ArrayDeque<Runnable> work = new ArrayDeque<>();

    @Override
    public void post(Runnable command) {
        commands.add(command);
    }

    @Override
    public <T> void side(Callable<T> task, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        work.add(() -> {
            try {
                var result = task.call();
                post(() -> done.accept(result, null));
            } catch (Throwable thrown) {
                post(() -> done.accept(null, thrown));
            }
        });
    }

    /** Runs the commands that wait, and what they post; no side work. */
    void runCommands() {
        for (var command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
    }

    /** Runs everything until nothing is left, and says whether there was anything. */
    boolean runAll() {
        boolean any = false;
        while (!commands.isEmpty() || !work.isEmpty()) {
            any = true;
            runCommands();
            var next = work.poll();
            if (next != null) {
                next.run();
            }
        }
        return any;
    }

    boolean hasWork() {
        return !work.isEmpty();
    }

    int waitingCommands() {
        return commands.size();
    }

    @Override
    public boolean isCurrent() {
        return true;
    }

    @Override
    public Timer after(long delayNanos, Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Transport connect(InetSocketAddress address, @Nullable InetSocketAddress source, Transport.Handler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resolve(String host, BiConsumer<@Nullable List<InetAddress>, @Nullable Throwable> answer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void retire() {
        commands.clear();
    }
}
