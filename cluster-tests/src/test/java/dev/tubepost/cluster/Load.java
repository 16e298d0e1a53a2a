package dev.tubepost.cluster;

import dev.tubepost.ClusterOptions;
import dev.tubepost.ProducerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Four callers that produce without pause, at a bounded rate, until they are stopped. <em>Thread-safe.</em> */
final class Load implements AutoCloseable {

    private static final int CALLERS = 4;
    private static final int PER_TURN = 5;
    private static final long TURN_NANOS = 5_000_000;
    private static final Duration LAST = Duration.ofMinutes(2);

    private final Client client;
    private final int partitions;
    private final Collection<Sent> sent = new ConcurrentLinkedQueue<>();
    private final List<Thread> callers = new ArrayList<>();
    private final AtomicLong longestCallNanos = new AtomicLong();
    private volatile boolean stopped;

    private Load(Client client, int partitions) {
        this.client = client;
        this.partitions = partitions;
    }

    static Load start(String bootstrapServers, String topic, int partitions, ProducerOptions options) {
        ClusterOptions cluster = ClusterOptions.builder(bootstrapServers)
                .allowAutoTopicCreation(false) // a topic that is deleted stays so until the test creates it
                .build();
        return start(new TubepostClient(cluster, topic, options), partitions);
    }

    static Load start(Client client, int partitions) {
        var load = new Load(client, partitions);
        for (int i = 0; i < CALLERS; i++) {
            int caller = i;
            var thread = new Thread(() -> load.produce(caller), "caller-" + i);
            load.callers.add(thread);
            thread.start();
        }
        return load;
    }

    private void produce(int caller) {
        for (int number = 0; !stopped; number++) {
            var message = new Sent(caller, number, number % partitions);
            sent.add(message);
            long before = System.nanoTime();
            client.send(message);
            longestCallNanos.accumulateAndGet(System.nanoTime() - before, Math::max);
            if (number % PER_TURN == 0) {
                LockSupport.parkNanos(TURN_NANOS);
            }
        }
    }

    /** How many messages were acknowledged up to now. */
    long delivered() {
        return sent.stream().filter(Sent::isDelivered).count();
    }

    /** How long a caller had to wait for a call at most. */
    Duration longestCall() {
        return Duration.ofNanos(longestCallNanos.get());
    }

    /** What was produced up to now. */
    Collection<Sent> sent() {
        return List.copyOf(sent);
    }

    /** Waits until so many messages more are acknowledged. */
    void awaitMore(int messages) {
        long enough = delivered() + messages;
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (delivered() < enough) {
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError("within a minute only " + (delivered() + messages - enough) + " of " + messages
                        + " messages were acknowledged");
            }
            LockSupport.parkNanos(20_000_000L);
        }
    }

    /** Ends the callers, and waits for the last reports; everything that was produced. */
    Collection<Sent> finish() throws InterruptedException {
        stopped = true;
        for (Thread caller : callers) {
            TimeUnit.MILLISECONDS.timedJoin(caller, LAST.toMillis());
        }
        if (!client.flush(LAST)) {
            throw new IllegalStateException("not everything had its report within " + LAST);
        }
        return sent;
    }

    @Override
    public void close() {
        stopped = true;
        client.close();
    }
}
