package dev.tubepost.internal.client;

import dev.tubepost.Partition;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.Topic;
import dev.tubepost.serialize.Serializer;
import dev.tubepost.serialize.Serializers;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the user holds of a topic. <em>Immutable.</em> */
final class UserTopic implements Topic {

    private final UserCluster cluster;
    private final Topic inside;

    UserTopic(UserCluster cluster, Topic inside) {
        this.cluster = cluster;
        this.inside = inside;
    }

    @Override
    public String name() {
        return inside.name();
    }

    @Override
    public CompletableFuture<List<Partition>> partitions() {
        return inside.partitions();
    }

    @Override
    public Producer<byte[], byte[]> producer(ProducerOptions options) {
        return producer(options, Serializers.bytes());
    }

    @Override
    public <K, V> Producer<K, V> producer(ProducerOptions options, Serializer<? super K, ? super V> serializer) {
        return cluster.newSession(options).newProducer(name(), serializer, true);
    }

    @Override
    public String toString() {
        return inside.toString();
    }
}
