package dev.tubepost.internal.client;

import dev.tubepost.DeliveryReports;
import dev.tubepost.Draft;
import dev.tubepost.DraftSubscriber;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.StopResult;
import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the user holds of a producer. <em>Immutable.</em> See {@link UserCluster}. A call that is under way keeps it: the fence at its end says
 * so to the garbage collector, which may otherwise take an object for dropped while its last method runs.
 */
final class UserProducer<K, V> implements Producer<K, V> {

    private final UserSession session;
    private final ClientProducer<K, V> inside;

    UserProducer(UserSession session, ClientProducer<K, V> inside) {
        this.session = session;
        this.inside = inside;
    }

    @Override
    public Message<K, V> produce(@Nullable V value) {
        try {
            return inside.produce(value);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public Message<K, V> produce(@Nullable V value, @Nullable K key) {
        try {
            return inside.produce(value, key);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public Message<K, V> produce(@Nullable V value, @Nullable K key, @Nullable Instant timestamp) {
        try {
            return inside.produce(value, key, timestamp);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public @Nullable Message<K, V> tryProduce(@Nullable V value, @Nullable K key) {
        try {
            return inside.tryProduce(value, key);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void post(@Nullable V value, @Nullable K key) {
        try {
            inside.post(value, key);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public Draft<K, V> draft(@Nullable V value) {
        return inside.draft(this, value);
    }

    @Override
    public CompletableFuture<Void> whenWritable() {
        return inside.whenWritable();
    }

    @Override
    public DraftSubscriber<K, V> subscriber() {
        return inside.subscriber(this);
    }

    @Override
    public DeliveryReports<K, V> deliveryReports() {
        return inside.deliveryReports();
    }

    @Override
    public void start() {
        inside.start();
    }

    @Override
    public boolean flush(Duration timeout) {
        try {
            return inside.flush(timeout);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public StopResult stop(Duration timeout) {
        try {
            return inside.stop(timeout);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public StopResult stop() {
        try {
            return inside.stop();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void close() {
        try {
            inside.close();
        } finally {
            session.forgetIfClosed();
        }
    }
}
