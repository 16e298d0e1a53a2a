package dev.tubepost.testkit;

import dev.tubepost.Draft;
import dev.tubepost.DraftSubscriber;
import dev.tubepost.ProducerStoppedException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Produces what it is given, and asks for one more whenever there is room. <em>Guarded by itself being called serially (Flow's rule 1.3).</em> */
final class MockSubscriber<K, V> implements DraftSubscriber<K, V> {

    private final MockProducer<K, V> producer;
    private final @Nullable MockReports<K, V> reports;
    private final ArrayDeque<Draft<K, V>> waiting = new ArrayDeque<>();
    private final CompletableFuture<Long> whole = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long produced;
    private boolean ended;
    private @Nullable Throwable failure;

    /** @param reports where the delivery reports go, whichever thread produces; null if there are none */
    MockSubscriber(MockProducer<K, V> producer, @Nullable MockReports<K, V> reports) {
        this.producer = producer;
        this.reports = reports;
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        if (subscription != null) {
            to.cancel();
            return;
        }
        subscription = to;
        to.request(1);
    }

    @Override
    public void onNext(Draft<K, V> draft) {
        waiting.add(draft);
        produceWaiting();
    }

    private void produceWaiting() {
        Draft<K, V> next = waiting.peek();
        if (next == null) {
            endIfDone();
            return;
        }
        if (!tryProduce(next)) {
            var unused = producer.whenWritable().thenRun(this::produceWaiting);
            return;
        }
        waiting.remove();
        endIfDone();
        if (subscription != null) {
            subscription.request(1);
        }
    }

    private boolean tryProduce(Draft<K, V> draft) {
        try {
            if (own(draft).tryProduce(reports) == null) {
                return false;
            }
            produced++;
        } catch (ProducerStoppedException e) {
            failure = failure == null ? e : failure;
            ended = true;
            if (subscription != null) {
                subscription.cancel();
            }
        } catch (RuntimeException e) {
            failure = failure == null ? e : failure;
        }
        return true;
    }

    private MockDraft<K, V> own(Draft<K, V> draft) {
        if (draft instanceof MockDraft<K, V> own && own.producer() == producer) {
            return own;
        }
        throw new IllegalArgumentException(
                "a draft of another producer: a subscriber takes those of the producer that made it");
    }

    private void endIfDone() {
        if (!ended || !waiting.isEmpty()) {
            return;
        }
        if (failure == null) {
            whole.complete(produced);
        } else {
            whole.completeExceptionally(failure);
        }
    }

    @Override
    public CompletableFuture<Long> produced() {
        return whole.copy();
    }

    @Override
    public void onError(Throwable cause) {
        failure = failure == null ? cause : failure;
        onComplete();
    }

    @Override
    public void onComplete() {
        ended = true;
        endIfDone();
    }
}
