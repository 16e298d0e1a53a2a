package dev.tubepost.sasl;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Timer;
import dev.tubepost.internal.env.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An actor that does everything at once, and lets a target say what becomes of work beside it. <em>Confined to one thread.</em> */
class InstantActor implements Actor {

    @Override
    public <T> void side(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        T result;
        try {
            result = work.call();
        } catch (Exception e) {
            done.accept(null, e);
            return;
        }
        done.accept(result, null);
    }

    @Override
    public void post(Runnable command) {
        command.run();
    }

    @Override
    public boolean isCurrent() {
        return true;
    }

    @Override
    public void retire() {}

    @Override
    public Timer after(long delayNanos, Runnable task) {
        throw new UnsupportedOperationException("no conversation waits");
    }

    @Override
    public Transport connect(InetSocketAddress address, @Nullable InetSocketAddress source, Transport.Handler handler) {
        throw new UnsupportedOperationException("no conversation connects");
    }

    @Override
    public void resolve(String host, BiConsumer<@Nullable List<InetAddress>, @Nullable Throwable> answer) {
        throw new UnsupportedOperationException("no conversation resolves");
    }
}
