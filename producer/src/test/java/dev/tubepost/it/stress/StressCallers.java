package dev.tubepost.it.stress;

import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerQueueFullException;
import dev.tubepost.ProducerStoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Many threads that produce until they are told that the producer has stopped, and note what they were told of each message.
 * <em>Thread-safe.</em> A message's text is its caller's number and its own: "7 1234".
 */
final class StressCallers {

    /** A message that was accepted, and what was reported of it. */
    static final class Sent {
        final String text;
        final AtomicInteger reports = new AtomicInteger();
        volatile @Nullable DeliveryException failure;

        Sent(String text) {
            this.text = text;
        }

        void report(@Nullable Message<String, String> message, @Nullable Throwable cause) {
            failure = (DeliveryException) cause;
            reports.incrementAndGet();
        }

        boolean isAcknowledged() {
            return failure == null;
        }
    }

    private final int threads;
    private final AtomicLong[] next;
    private final ConcurrentLinkedQueue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Throwable> surprises = new ConcurrentLinkedQueue<>();
    private final AtomicLong refused = new AtomicLong();

    StressCallers(int threads) {
        this.threads = threads;
        this.next = new AtomicLong[threads];
        for (int i = 0; i < threads; i++) {
            next[i] = new AtomicLong();
        }
    }

    /** Starts them all; each ends when the producer has stopped. */
    List<Thread> start(Producer<String, String> producer) {
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            var thread = new Thread(() -> run(number, producer), "caller-" + number);
            thread.start();
            started.add(thread);
        }
        return started;
    }

    private void run(int number, Producer<String, String> producer) {
        try {
            while (true) {
                produce(producer, number + " " + next[number].getAndIncrement());
            }
        } catch (ProducerStoppedException e) {
            // That is the end.
        } catch (Throwable e) {
            surprises.add(e);
        }
    }

    private void produce(Producer<String, String> producer, String text) {
        try {
            Message<String, String> message = producer.produce(text);
            var one = new Sent(text);
            sent.add(one);
            var unused = message.delivered().whenComplete(one::report);
        } catch (ProducerQueueFullException e) {
            refused.incrementAndGet();
        }
    }

    /** All that was accepted. */
    Iterable<Sent> sent() {
        return sent;
    }

    /** How many messages were accepted. */
    int count() {
        return sent.size();
    }

    /** How many messages found no room in time. */
    long refused() {
        return refused.get();
    }

    /** What was thrown and should not have been. */
    Iterable<Throwable> surprises() {
        return surprises;
    }
}
