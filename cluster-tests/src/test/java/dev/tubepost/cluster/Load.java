package dev.tubepost.cluster;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.DeliveryException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.UndeliveredException;
import dev.tubepost.serialize.Serializers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Four callers that produce without pause, at a bounded rate, until they are stopped. <em>Thread-safe.</em> */
final class Load implements AutoCloseable {

    private static final int CALLERS = 4;
    private static final int PER_TURN = 5;
    private static final long TURN_NANOS = 5_000_000;
    private static final Duration LAST = Duration.ofMinutes(2);

    private final Cluster cluster;
    private final Producer<String, String> producer;
    private final int partitions;
    private final Collection<Sent> sent = new ConcurrentLinkedQueue<>();
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean stopped;

    private Load(ClusterOptions cluster, String topic, int partitions, ProducerOptions options) {
        this.partitions = partitions;
        this.cluster = Cluster.connect(cluster);
        this.producer = this.cluster.topic(topic).producer(options, Serializers.utf8());
    }

    static Load start(String bootstrapServers, String topic, int partitions, ProducerOptions options) {
        ClusterOptions cluster = ClusterOptions.builder(bootstrapServers)
                .allowAutoTopicCreation(false) // a topic that is deleted stays so until the test creates it
                .build();
        return start(cluster, topic, partitions, options);
    }

    static Load start(ClusterOptions cluster, String topic, int partitions, ProducerOptions options) {
        var load = new Load(cluster, topic, partitions, options);
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
            var unused = producer.draft(message.value())
                    .partition(message.partition)
                    .produce()
                    .delivered()
                    .whenComplete((delivered, thrown) -> {
                        if (thrown == null) {
                            message.delivered(delivered.offset());
                        } else {
                            message.failed(((DeliveryException) thrown).maybeWritten(), String.valueOf(thrown));
                        }
                    });
            if (number % PER_TURN == 0) {
                LockSupport.parkNanos(TURN_NANOS);
            }
        }
    }

    /** How many messages were acknowledged up to now. */
    long delivered() {
        return sent.stream().filter(Sent::isDelivered).count();
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
        if (!producer.flush(LAST)) {
            throw new IllegalStateException("not everything had its report within " + LAST);
        }
        return sent;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            cluster.close();
        } catch (UndeliveredException e) {
            // Each of these was reported, and whoever looks at the history sees it.
        }
    }
}
