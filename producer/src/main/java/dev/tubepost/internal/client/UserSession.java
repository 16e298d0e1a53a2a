package dev.tubepost.internal.client;

import dev.tubepost.Producer;
import dev.tubepost.ProducerSession;
import dev.tubepost.StopResult;
import dev.tubepost.Topic;
import dev.tubepost.serialize.Serializer;
import dev.tubepost.serialize.Serializers;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.Duration;

/** What the user holds of a session, by itself or in its producers. <em>Immutable.</em> See {@link UserCluster}. */
final class UserSession implements ProducerSession {

    @SuppressWarnings("unused") // held, so that it is not taken for dropped before this is
    private final UserCluster cluster;

    private final ClientSession inside;
    private final Cleaner.Cleanable dropped;

    UserSession(UserCluster cluster, ClientSession inside) {
        this.cluster = cluster;
        this.inside = inside;
        this.dropped = Dropped.watch(this, "a producer's session", inside);
    }

    @Override
    public <K, V> Producer<K, V> producer(Topic topic, Serializer<? super K, ? super V> serializer) {
        return newProducer(topic.name(), serializer, false);
    }

    @Override
    public Producer<byte[], byte[]> producer(Topic topic) {
        return producer(topic, Serializers.bytes());
    }

    <K, V> Producer<K, V> newProducer(String topic, Serializer<? super K, ? super V> serializer, boolean owns) {
        return new UserProducer<>(this, inside.newProducer(topic, serializer, owns));
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
    public void start() {
        try {
            inside.start();
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
    public void close() {
        try {
            inside.close();
        } finally {
            forgetIfClosed();
        }
    }

    /** Ends the watch over what is closed. */
    void forgetIfClosed() {
        if (inside.isClosed()) {
            dropped.clean();
        }
    }
}
