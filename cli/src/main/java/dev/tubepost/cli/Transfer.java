package dev.tubepost.cli;

import dev.tubepost.Producer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One transfer of an input into a producer, until every message has its outcome. <em>Thread-safe</em>: {@link #run} is called once, by
 * the main thread, and {@link #interrupt} at any time by any thread.
 */
final class Transfer {

    /** How often the main thread looks at the progress. */
    private static final Duration TICK = Duration.ofMillis(100);

    private final StoppableInput input;
    private final Producer<byte[], byte[]> producer;
    private final Pump pump;
    private final Thread inputThread;
    /** Completed when nothing more will be produced, with what is wrong with the input, or null. */
    private final CompletableFuture<@Nullable String> inputOver = new CompletableFuture<>();

    /** The exit code of the first interrupt, or null. */
    private final AtomicReference<@Nullable ExitCode> interruptedBy = new AtomicReference<>();

    Transfer(
            StoppableInput input, Producer<byte[], byte[]> producer, Pump.Plan plan, Outlet outlet, Outcomes outcomes) {
        this.input = input;
        this.producer = producer;
        Pacer pacer = new Pacer(plan.messagesPerSecond(), System::nanoTime, Transfer::pause);
        this.pump = new Pump(input, plan, outlet, outcomes, pacer);
        this.inputThread = new Thread(this::readInput, "tubepost-input");
        inputThread.setDaemon(true);
    }

    private static void pause(long nanos) {
        long endNanos = System.nanoTime() + nanos;
        long left = nanos;
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = endNanos - System.nanoTime();
        }
    }

    private void readInput() {
        try {
            pump.run();
            inputOver.complete(null);
        } catch (IOException e) {
            inputOver.complete("the input could not be read to its end: " + e.getMessage());
        } catch (Throwable e) {
            inputOver.completeExceptionally(e);
        }
    }

    /** Ends the transfer early: nothing more is read, what was read is sent; the run has this exit code. */
    void interrupt(ExitCode exit) {
        interruptedBy.compareAndSet(null, exit);
        if (input.stop()) {
            inputOver.complete(null);
        } else {
            inputThread.interrupt();
        }
    }

    /** The exit code of an interrupt, or null if there was none. */
    @Nullable
    ExitCode interruptedBy() {
        return interruptedBy.get();
    }

    /**
     * Transfers everything.
     *
     * @return what is wrong with the input, or null
     */
    @Nullable
    String run(Runnable tick) {
        inputThread.start();
        String problem = awaitInput(tick);
        while (!producer.flush(TICK)) {
            tick.run();
        }
        return problem;
    }

    private @Nullable String awaitInput(Runnable tick) {
        while (true) {
            try {
                return inputOver.get(TICK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                tick.run();
            } catch (InterruptedException e) {
                interrupt(ExitCode.INTERRUPTED);
            } catch (ExecutionException e) {
                throw new IllegalStateException("The input thread failed: " + e.getCause(), e.getCause());
            }
        }
    }
}
