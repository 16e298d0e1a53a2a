package dev.tubepost;

import dev.tubepost.serialize.Serializer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A topic of a cluster, existing or not yet. <em>Immutable.</em> */
public interface Topic {

    /** The topic's name. */
    String name();

    /**
     * The partitions as the brokers know them, sorted by id; asked for if not known yet (which makes a broker create the topic, if it
     * is set up to do so).
     *
     * @return failed with a {@link MetadataException} if the topic does not exist (which takes ten seconds to say) or may not be described, if no broker
     *     lets this client in, or after {@link ClusterOptions#requestTimeout()}; with an {@link IllegalStateException} if the cluster is closed
     *     meanwhile
     * @throws IllegalStateException if the cluster is closed
     */
    CompletableFuture<List<Partition>> partitions();

    /** As {@link #producer(ProducerOptions, Serializer)}, of raw bytes. */
    Producer<byte[], byte[]> producer(ProducerOptions options);

    /**
     * A producer for this topic, with a session of its own. No I/O.
     *
     * @throws InvalidOptionsException if the library of the codec is missing, or does not work on this machine
     * @throws IllegalStateException if the cluster is closed
     */
    <K, V> Producer<K, V> producer(ProducerOptions options, Serializer<? super K, ? super V> serializer);

    /**
     * A synchronous producer of raw bytes: {@code produce} returns when the message is acknowledged, or throws.
     *
     * @throws IllegalStateException if the cluster is closed
     */
    default Producer<byte[], byte[]> syncProducer() {
        return producer(ProducerOptions.builder().sync(true).build());
    }
}
