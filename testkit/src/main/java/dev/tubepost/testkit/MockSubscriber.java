package dev.tubepost.testkit;

import dev.tubepost.Draft;
import java.util.ArrayDeque;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Produces what it is given, and asks for one more whenever there is room. <em>Guarded by itself being called serially (Flow's rule 1.3).</em> */
final class MockSubscriber<K, V> implements Flow.Subscriber<Draft<K, V>> {

    private final MockProducer<K, V> producer;
    private final ArrayDeque<Draft<K, V>> waiting = new ArrayDeque<>();
    private Flow.@Nullable Subscription subscription;

    MockSubscriber(MockProducer<K, V> producer) {
        this.producer = producer;
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
            return;
        }
        if (next.tryProduce() == null) {
            var unused = producer.whenWritable().thenRun(this::produceWaiting);
            return;
        }
        waiting.remove();
        if (subscription != null) {
            subscription.request(1);
        }
    }

    @Override
    public void onError(Throwable cause) {
        // What was taken is produced all the same.
    }

    @Override
    public void onComplete() {
        // The producer stays open.
    }
}
