package dev.tubepost.bench.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * {@code LatencyLoop [--name value ...]} (see {@link ClientOptions}): messages at a fixed rate, and how long each took from when it <em>should</em>
 * have been handed over (an open loop: a client that holds the caller up is not let off) until its outcome was seen.
 *
 * <p>The partitions take turns. Latencies are those of the messages to the first broker (of several, the last may be slow); those to the others are
 * sent, and must be acknowledged.
 */
public final class LatencyLoop {

    private static final long NANOS = 1_000_000_000L;

    /** Latencies above this count as this. */
    private static final long LONGEST_NANOS = 60 * NANOS;

    /** Handles that wait to be looked at, at most. */
    private static final int WAITING = 1 << 20;

    private static final double[] SHOWN = {10, 25, 50, 75, 90, 95, 99, 99.5, 99.9};

    private final ClientOptions options;
    private final LoadClient client;
    private final byte[][] values;
    private final CompletedCount completed = new CompletedCount();
    private volatile Histogram latencies = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private volatile Histogram lateness = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING);

    private record Waiting(Future<?> future, long intended) {}

    private LatencyLoop(ClientOptions options, LoadClient client) {
        this.options = options;
        this.client = client;
        this.values = Values.lines(Values.DIFFERENT, options.size());
    }

    public static void main(String[] args) throws Exception {
        ClientOptions options = ClientOptions.parse(List.of(args));
        try (LoadClient client = LoadClient.open(options, options.bootstrap())) {
            System.out.println("SETTINGS " + Json.line(client.settings()));
            System.out.println("RESULT " + Json.line(new LatencyLoop(options, client).run()));
        }
    }

    private Map<String, Object> run() throws InterruptedException {
        if (!options.observesCallbacks()) {
            var observer = new Thread(this::observeHandles, "observer");
            observer.setDaemon(true);
            observer.start();
        }
        long sent = 0;
        for (int warmUp = 0; warmUp < options.warmUps(); warmUp++) {
            sent += produceFor(1);
        }
        client.flush();
        awaitAll(sent);
        latencies = new ConcurrentHistogram(LONGEST_NANOS, 3);
        lateness = new ConcurrentHistogram(LONGEST_NANOS, 3);
        ProcessCpu before = ProcessCpu.read();
        long measured = produceFor(options.seconds());
        client.flush();
        awaitAll(sent + measured);
        long cpu = ProcessCpu.read().since(before);
        if (client.failures() > 0) {
            throw new IllegalStateException(client.failures() + " messages failed");
        }
        return result(sent + measured, (double) cpu / measured);
    }

    private long produceFor(int seconds) {
        long count = (long) options.rate() * seconds;
        long begin = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long intended = begin + i * NANOS / options.rate();
            sleepUntil(intended);
            lateness.recordValue(bounded(System.nanoTime() - intended));
            produce((int) i, intended);
        }
        return count;
    }

    private static void sleepUntil(long intended) {
        for (long left = intended - System.nanoTime(); left > 0; left = intended - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void produce(int number, long intended) {
        byte[] value = values[number & (values.length - 1)];
        int partition = number % options.partitions();
        boolean counted = partition % options.brokers() == 0;
        if (options.observesCallbacks()) {
            client.send(value, partition, () -> {
                if (counted) {
                    latencies.recordValue(bounded(System.nanoTime() - intended));
                }
                completed.run();
            });
            return;
        }
        Future<?> future = client.sendForFuture(value, partition);
        if (counted) {
            waiting.add(new Waiting(future, intended));
        }
    }

    /** Waits for one handle after the other, as a caller would who needs to know. */
    private void observeHandles() {
        try {
            while (true) {
                Waiting next = waiting.take();
                next.future.get();
                latencies.recordValue(bounded(System.nanoTime() - next.intended));
                completed.run();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a message has no acknowledgement", e);
        }
    }

    /** Callbacks and observers may come a moment after a flush. */
    private void awaitAll(long sent) throws InterruptedException {
        long expected = options.observesCallbacks() ? sent : 0;
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (completed.count() < expected || !waiting.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(completed.count() + " of " + sent + " messages were called back");
            }
            Thread.sleep(1);
        }
    }

    private static long bounded(long nanos) {
        return Math.min(LONGEST_NANOS, Math.max(0, nanos));
    }

    private Map<String, Object> result(long acknowledged, double cpuNanos) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("cpu_ns_per_message", cpuNanos);
        for (double percentile : SHOWN) {
            result.put(name("latency", percentile), latencies.getValueAtPercentile(percentile) / 1e3);
        }
        result.put("latency_max_us", latencies.getMaxValue() / 1e3);
        result.put(name("lateness", 50), lateness.getValueAtPercentile(50) / 1e3);
        result.put(name("lateness", 99), lateness.getValueAtPercentile(99) / 1e3);
        result.put("acknowledged", acknowledged);
        result.put("failed", 0);
        return result;
    }

    /** As {@code latency_p99_us}. */
    private static String name(String what, double percentile) {
        String digits = percentile == Math.rint(percentile)
                ? Long.toString((long) percentile)
                : Double.toString(percentile).replace('.', '_');
        return what + "_p" + digits + "_us";
    }
}
