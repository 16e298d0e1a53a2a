package dev.tubepost;

import dev.tubepost.internal.client.ClusterClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A Kafka cluster as this process sees it: owner of the event loops, the metadata and the connections' security. <em>Thread-safe.</em>
 *
 * <p>Make one and share it: producers of one cluster share threads and metadata, and nothing else.
 */
public interface Cluster extends AutoCloseable {

    /**
     * Makes a client of a cluster with default options. Checks the addresses' syntax only: no I/O, never blocks.
     *
     * @param bootstrapServers comma-separated {@code host:port}, IPv6 hosts in brackets
     * @throws InvalidOptionsException if an address is malformed
     */
    static Cluster connect(String bootstrapServers) {
        return connect(ClusterOptions.builder(bootstrapServers).build());
    }

    /**
     * Makes a client of a cluster. No I/O, never blocks.
     *
     * @throws InvalidOptionsException if the options ask for TLS or SASL, and the module for it ({@code tubepost-tls}, {@code tubepost-sasl}) is not
     *     there
     */
    static Cluster connect(ClusterOptions options) {
        return ClusterClient.connect(options);
    }

    /**
     * A topic of this cluster. No I/O; the topic need not exist yet, and the broker may create it on first use. What is produced to a topic that no
     * broker knows, and none creates, fails with a {@link MessageRejectedException} after ten seconds, without waiting for the delivery timeout; what
     * is produced afterwards asks for it anew.
     *
     * @throws IllegalArgumentException if the name is not a legal topic name (1 to 249 of {@code a-z A-Z 0-9 . _ -})
     */
    Topic topic(String name);

    /**
     * A session: producers for many topics that share one memory bound. Returns without waiting for the network; connecting begins in the background.
     *
     * @throws InvalidOptionsException if the library of the codec is missing, or does not work on this machine
     * @throws IllegalStateException if the cluster is closed
     */
    ProducerSession session(ProducerOptions options);

    /**
     * Refreshes the metadata of all topics in use now, instead of at the next error or period.
     *
     * @return completed once a broker answered, or failed with a {@link MetadataException}: after {@link ClusterOptions#requestTimeout()}, or as soon as
     *     no broker lets this client in; or with an {@link IllegalStateException} if the cluster is closed meanwhile
     * @throws IllegalStateException if the cluster is closed
     */
    CompletableFuture<Void> update();

    /**
     * All partitions of all topics that this client may see, without internal topics, sorted by topic and partition; asked for at each call.
     *
     * @return fails as that of {@link #update()} does
     * @throws IllegalStateException if the cluster is closed
     */
    CompletableFuture<List<Partition>> topics();

    /**
     * Closes every producer of this cluster, then the event loops, within the given time. What was not delivered by then is reported
     * as failed. Closing twice has no effect.
     *
     * @param timeout 0 or less not to wait; {@link ProducerOptions#FOREVER} for as long as it takes
     * @throws UndeliveredException if messages of producers that were still open were not delivered; with the numbers of all of them
     * @throws ProducerInterruptedException if interrupted; the flag is restored, all is closed, and what is left is reported as failed at once
     * @throws IllegalStateException if called from a callback or listener of this cluster's producers
     */
    void close(Duration timeout);

    /** {@link #close(Duration)} with each producer's pending timeout. */
    @Override
    void close();
}
