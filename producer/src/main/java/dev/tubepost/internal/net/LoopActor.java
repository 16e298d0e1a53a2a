package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Timer;
import dev.tubepost.internal.env.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An actor on an event loop. <em>Thread-safe for {@link #post} and {@link #isCurrent}; all else is confined to the actor.</em> */
final class LoopActor implements Actor {

    private final EventLoops loops;
    private final EventLoop loop;
    private final String name;
    private volatile boolean retired;

    LoopActor(EventLoops loops, EventLoop loop, String name) {
        this.loops = loops;
        this.loop = loop;
        this.name = name;
    }

    @Override
    public void post(Runnable command) {
        if (!retired) {
            loop.post(this, command);
        }
    }

    @Override
    public boolean hasThread() {
        return loop.thread() != null;
    }

    @Override
    public boolean isCurrent() {
        return loop.isCurrent(this);
    }

    @Override
    public Timer after(long delayNanos, Runnable task) {
        assert isCurrent() : this;
        return loop.timers.add(this, loops.nanos(), delayNanos, task);
    }

    @Override
    public Transport connect(InetSocketAddress address, @Nullable InetSocketAddress source, Transport.Handler handler) {
        assert isCurrent() : this;
        return NioTransport.connect(loop.selector(), this, loops.settings(), address, source, handler);
    }

    @Override
    public void resolve(String host, BiConsumer<@Nullable List<InetAddress>, @Nullable Throwable> answer) {
        assert isCurrent() : this;
        loops.remote().run(this, () -> List.of(InetAddress.getAllByName(host)), answer);
    }

    @Override
    public <T> void side(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        assert isCurrent() : this;
        loops.side().run(this, work, done);
    }

    @Override
    public <T> void remote(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        assert isCurrent() : this;
        loops.remote().run(this, work, done);
    }

    @Override
    public void retire() {
        assert isCurrent() : this;
        retired = true;
        loop.timers.removeAllOf(this);
    }

    boolean isRetired() {
        return retired;
    }

    @Override
    public String toString() {
        return name;
    }
}
