package dev.tubepost.internal.client;

import dev.tubepost.Partition;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.Topic;
import dev.tubepost.serialize.Serializer;
import dev.tubepost.serialize.Serializers;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A topic of a cluster. <em>Immutable.</em> */
final class ClientTopic implements Topic {

    private final ClusterClient cluster;
    private final String name;

    ClientTopic(ClusterClient cluster, String name) {
        this.cluster = cluster;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<List<Partition>> partitions() {
        return cluster.partitions(name);
    }

    @Override
    public Producer<byte[], byte[]> producer(ProducerOptions options) {
        return producer(options, Serializers.bytes());
    }

    @Override
    public <K, V> Producer<K, V> producer(ProducerOptions options, Serializer<? super K, ? super V> serializer) {
        return cluster.newSession(options).newProducer(name, serializer, true);
    }

    @Override
    public String toString() {
        return name;
    }
}
