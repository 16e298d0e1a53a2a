package dev.tubepost.internal.env;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox on an event loop, with timers and the network: the owner of all that is confined to it. {@link #post} may be called by
 * any thread; every other method only from within the actor, and every answer arrives there.
 */
public interface Actor extends Mailbox {

    /** Runs the task once, no earlier than the given delay from now; delays round up to the millisecond. */
    Timer after(long delayNanos, Runnable task);

    /**
     * Begins to connect, and returns at once.
     *
     * @param source the local address to bind to, or null for any
     */
    Transport connect(InetSocketAddress address, @Nullable InetSocketAddress source, Transport.Handler handler);

    /** Looks up all addresses of a host without blocking; the answer has either a non-empty list or the reason. */
    void resolve(String host, BiConsumer<@Nullable List<InetAddress>, @Nullable Throwable> answer);

    /** Runs work that may block or burn CPU outside the event loop; its result or failure arrives on this actor. */
    <T> void side(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done);

    /**
     * As {@link #side}, for work that waits for somebody else, such as a key distribution center: it may take long, and must not delay what only burns CPU
     * (F44).
     */
    default <T> void remote(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        side(work, done);
    }

    /**
     * Hands something that nobody expected to whoever watches the event loop, soon, while the work at hand goes on (F76).
     *
     * @param thrown unchecked
     */
    default void fault(Throwable thrown) {
        post(() -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
        });
    }

    /** Ends the actor; from within it. Its timers are cancelled, commands still waiting are dropped. Transports must have been closed before. */
    @Override
    void retire();
}
