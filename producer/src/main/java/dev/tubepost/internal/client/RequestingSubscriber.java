package dev.tubepost.internal.client;

import dev.tubepost.Draft;
import dev.tubepost.DraftSubscriber;
import dev.tubepost.ProducerStoppedException;
import dev.tubepost.internal.env.Log;
import java.lang.ref.Reference;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Produces what it is given, and requests as many drafts as there are free bytes for, by the size of those it has seen. <em>Guarded by its
 * lock,</em> under which no code of the user runs. A draft for which there is no room after all waits here: never more than
 * were requested.
 */
final class RequestingSubscriber<K, V> implements DraftSubscriber<K, V> {

    private static final Log LOG = Log.of("dev.tubepost.client");

    /** The most drafts that are requested ahead, so that no more than these can wait here. */
    private static final int MAX_REQUESTED = 256;

    private final ClientProducer<K, V> producer;
    private final @Nullable Object keeper;
    private final @Nullable ReportQueue<K, V> reports;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger asked = new AtomicInteger();
    private final CompletableFuture<Long> whole = new CompletableFuture<>();
    private final Runnable goOn = this::produceWaiting;

    // ---- guarded by lock ----
    private final ArrayDeque<Draft<K, V>> waiting = new ArrayDeque<>();
    private Flow.@Nullable Subscription subscription;
    private long requested;
    private long usedBefore;
    private long seen;
    private long bytesPerDraft = 1024;
    private long produced;
    private @Nullable Throwable failure;
    /** The publisher has no more, or nobody takes any more. */
    private boolean ended;

    private boolean stopped;

    /**
     * @param keeper what must not be taken for dropped before the subscription is; null for nothing
     * @param reports where the delivery reports go, whichever thread produces; null if there are none
     */
    RequestingSubscriber(ClientProducer<K, V> producer, @Nullable Object keeper, @Nullable ReportQueue<K, V> reports) {
        this.producer = producer;
        this.keeper = keeper;
        this.reports = reports;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        Objects.requireNonNull(given);
        boolean second;
        lock.lock();
        try {
            second = subscription != null;
            if (!second) {
                subscription = given;
                usedBefore = producer.freeBytes();
            }
        } finally {
            lock.unlock();
        }
        if (second) {
            given.cancel(); // Reactive Streams 2.5
        } else {
            requestMore();
        }
    }

    @Override
    public void onNext(Draft<K, V> draft) {
        Objects.requireNonNull(draft);
        lock.lock();
        try {
            requested--;
            waiting.add(draft);
        } finally {
            lock.unlock();
        }
        produceWaiting();
    }

    /** One thread at a time, without the lock: serializers and partitioners run here, and the user's publisher. */
    private void produceWaiting() {
        int calls = asked.incrementAndGet();
        if (calls > 1) {
            return; // whoever is at it looks again
        }
        do {
            produceWhatFits();
            calls = asked.addAndGet(-calls);
        } while (calls > 0);
        requestMore();
        endIfDone();
    }

    private void produceWhatFits() {
        Draft<K, V> next = peek();
        while (next != null) {
            if (tryProduce(next)) {
                next = removeAndPeek();
            } else if (producer.whenWritableOrSoon(goOn)) {
                return;
            } // else the producer is closed, which the next attempt says
        }
        producer.waitsNoMore(goOn);
    }

    private @Nullable Draft<K, V> peek() {
        lock.lock();
        try {
            return waiting.peek();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Draft<K, V> removeAndPeek() {
        lock.lock();
        try {
            waiting.remove();
            learn();
            return waiting.peek();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the draft is done with: produced, or failed. */
    private boolean tryProduce(Draft<K, V> draft) {
        try {
            if (own(draft).tryProduce(reports) == null) {
                return false;
            }
            count();
        } catch (ProducerStoppedException e) {
            if (fail(e, true)) {
                cancel(e);
            }
        } catch (RuntimeException | Error e) { // an error, too, or nobody would go on (F76)
            LOG.error("a draft of a subscription could not be produced; the subscription goes on", e);
            fail(e, false);
        }
        return true;
    }

    private MessageDraft<K, V> own(Draft<K, V> draft) {
        if (draft instanceof MessageDraft<K, V> own && own.producer() == producer) {
            return own;
        }
        throw new IllegalArgumentException(
                "a draft of another producer: a subscriber takes those of the producer that made it");
    }

    private void count() {
        lock.lock();
        try {
            produced++;
        } finally {
            lock.unlock();
        }
    }

    /** Remembers why not everything is produced; whether it is the first time that the producer was found stopped. */
    private boolean fail(Throwable why, boolean isStopped) {
        lock.lock();
        try {
            failure = failure == null ? why : failure;
            boolean first = isStopped && !stopped;
            stopped |= isStopped;
            ended |= isStopped;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void endIfDone() {
        long count;
        Throwable why;
        lock.lock();
        try {
            if (!ended || !waiting.isEmpty()) {
                return;
            }
            count = produced;
            why = failure;
        } finally {
            lock.unlock();
        }
        if (why == null) {
            whole.complete(count);
        } else {
            whole.completeExceptionally(why);
        }
    }

    @Override
    public CompletableFuture<Long> produced() {
        return whole.copy();
    }

    private void learn() {
        seen++;
        if (seen % 64 == 0) {
            long free = producer.freeBytes();
            long used = Math.max(0, usedBefore - free);
            bytesPerDraft = Math.max(64, (bytesPerDraft * 3 + used / 64) / 4);
            usedBefore = free;
        }
    }

    private void requestMore() {
        Flow.Subscription from;
        long more;
        lock.lock();
        try {
            from = subscription;
            long room = Math.max(1, Math.min(MAX_REQUESTED, producer.freeBytes() / bytesPerDraft));
            more = waiting.isEmpty() && requested <= room / 2 ? room - requested : 0;
            requested += more;
        } finally {
            lock.unlock();
        }
        try {
            if (from != null && more > 0) {
                from.request(more);
            }
        } finally {
            Reference.reachabilityFence(keeper);
        }
    }

    private void cancel(RuntimeException why) {
        LOG.error("the producer of a subscription was stopped; the subscription is cancelled", why);
        Flow.Subscription from;
        lock.lock();
        try {
            from = subscription;
        } finally {
            lock.unlock();
        }
        if (from != null) {
            from.cancel();
        }
    }

    @Override
    public void onError(Throwable cause) {
        LOG.error("the publisher of a subscription failed; what it gave before is produced", cause);
        fail(cause, false);
        onComplete();
    }

    @Override
    public void onComplete() {
        lock.lock();
        try {
            ended = true;
        } finally {
            lock.unlock();
        }
        endIfDone();
    }
}
