package dev.tubepost.bench.load;

import dev.tubepost.bench.server.AckServerProcess;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * {@code LatencyLoop [--name value ...]} (see {@link ClientOptions}): messages at a fixed rate, and how long each took from when it <em>should</em>
 * have been handed over (an open loop: a client that holds the caller up is not let off) until its outcome was seen. Without {@code --bootstrap},
 * an acknowledge-only server is started for it.
 *
 * <p>The partitions take turns. Latencies are those of the messages to the first broker (of several, the last may be slow); those to the others are
 * sent, and must be acknowledged.
 */
public final class LatencyLoop {

    private static final long NANOS = 1_000_000_000L;

    /** Latencies above this count as this. */
    private static final long LONGEST_NANOS = 60 * NANOS;

    /**
     * How many messages a second warm a client up, at the least: at 2,000 a second the compiler would be at work for a minute, on the cores that the
     * latencies are measured on.
     */
    private static final int WARM_UP_RATE = 20_000;

    private static final double[] SHOWN = {10, 25, 50, 75, 90, 95, 99, 99.5, 99.9};

    private final ClientOptions options;
    private final LoadClient client;
    private final byte[][] values;
    private final CompletedCount observed = new CompletedCount();
    private volatile Histogram latencies = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private volatile Histogram lateness = new ConcurrentHistogram(LONGEST_NANOS, 3);

    /** Waits for one handle after the other, as a caller would who needs to know. */
    private final ExecutorService observer = Executors.newSingleThreadExecutor();

    /** How many messages are to be seen to be acknowledged. */
    private long due;

    private LatencyLoop(ClientOptions options, LoadClient client) {
        this.options = options;
        this.client = client;
        this.values = Values.lines(Values.DIFFERENT, options.size());
    }

    public static void main(String[] args) throws Exception {
        ClientOptions options = ClientOptions.parse(ClientOptions.Task.LATENCY, List.of(args));
        run(options, System.out);
    }

    static void run(ClientOptions options, PrintStream out) throws Exception {
        if (!options.bootstrap().isEmpty()) {
            out.println("RESULT " + Json.line(measure(options, options.bootstrap(), out)));
            return;
        }
        try (AckServerProcess server =
                AckServerProcess.start(options.brokers(), options.partitions(), options.verify())) {
            Map<String, Object> result = measure(options, server.bootstrapServers(), out);
            Object sent = Objects.requireNonNull(result.get("acknowledged"));
            LoadLoop.check(((Number) sent).longValue(), server.stop());
            out.println("RESULT " + Json.line(result));
        }
    }

    private static Map<String, Object> measure(ClientOptions options, String bootstrapServers, PrintStream out)
            throws Exception {
        try (LoadClient client = LoadClient.open(options, bootstrapServers)) {
            out.println("SETTINGS " + Json.line(client.settings()));
            var loop = new LatencyLoop(options, client);
            try {
                return loop.run();
            } finally {
                loop.observer.shutdownNow();
            }
        }
    }

    private Map<String, Object> run() throws InterruptedException, ExecutionException {
        TimerSlack.none();
        long sent = 0;
        int warmUpRate = Math.max(options.rate(), WARM_UP_RATE);
        var warmUp = new WarmUp(options.warmUp(), options.bytesOf(warmUpRate));
        while (warmUp.goesOn()) {
            sent += produceFor(1, warmUpRate);
        }
        client.flush();
        awaitAll();
        latencies = new ConcurrentHistogram(LONGEST_NANOS, 3);
        lateness = new ConcurrentHistogram(LONGEST_NANOS, 3);
        ProcessCpu before = ProcessCpu.read();
        long begin = System.nanoTime();
        long measured = produceFor(options.seconds(), options.rate());
        client.flush();
        awaitAll();
        long wall = System.nanoTime() - begin;
        long cpu = ProcessCpu.read().since(before);
        if (client.failures() > 0) {
            throw new IllegalStateException(client.failures() + " messages failed");
        }
        return result(sent + measured, (double) measured * NANOS / wall, (double) cpu / measured);
    }

    private long produceFor(int seconds, int rate) {
        long count = (long) rate * seconds;
        long begin = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long intended = begin + i * NANOS / rate;
            sleepUntil(intended);
            lateness.recordValue(bounded(System.nanoTime() - intended));
            produce((int) i, intended);
        }
        return count;
    }

    /**
     * The generator sleeps between messages, as most programs do. One that spins is in time to the microsecond, but on two cores it has one of
     * them to itself, and what is measured then is how client and server share the other.
     */
    private static void sleepUntil(long intended) {
        for (long left = intended - System.nanoTime(); left > 0; left = intended - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void produce(int number, long intended) {
        byte[] value = values[number & (values.length - 1)];
        int partition = number % options.partitions();
        boolean counted = partition % options.brokers() == 0;
        due += options.observesCallbacks() || counted ? 1 : 0;
        if (options.observesCallbacks()) {
            client.send(value, partition, () -> {
                if (counted) {
                    latencies.recordValue(bounded(System.nanoTime() - intended));
                }
                observed.run();
            });
            return;
        }
        LoadClient.Handle handle = client.sendForHandle(value, partition);
        if (counted) {
            observer.execute(() -> observe(handle, intended));
        }
    }

    private void observe(LoadClient.Handle handle, long intended) {
        try {
            handle.await();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a message has no acknowledgement", e);
        }
        latencies.recordValue(bounded(System.nanoTime() - intended));
        observed.run();
    }

    /** After a flush all callbacks have run; the observer may still be looking at the last handles. */
    private void awaitAll() throws InterruptedException, ExecutionException {
        observer.submit(() -> {}).get();
        if (observed.count() != due) {
            throw new IllegalStateException(observed.count() + " of " + due + " messages were seen to be acknowledged");
        }
    }

    private static long bounded(long nanos) {
        return Math.min(LONGEST_NANOS, Math.max(0, nanos));
    }

    /** @param perSecond how many were acknowledged in a second: the rate, but for what came after the last one was handed over */
    private Map<String, Object> result(long acknowledged, double perSecond, double cpuNanos) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("messages_per_second", perSecond);
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
