package dev.tubepost;

import dev.tubepost.serialize.Serializer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A topic of a cluster, existing or not yet. <em>Immutable.</em> */
public interface Topic {

    /** The topic's name. */
    String name();

    /**
     * Checks a name as {@link Cluster#topic} does, without a cluster.
     *
     * @return the name
     * @throws IllegalArgumentException if it is not a legal topic name (1 to 249 of {@code a-z A-Z 0-9 . _ -}, and neither {@code .} nor {@code ..}); what
     *     Kafka's brokers allow ({@code org.apache.kafka.common.internals.Topic})
     */
    static String checkedName(String name) {
        boolean isLegal = !name.isEmpty() && name.length() <= 249 && !name.equals(".") && !name.equals("..");
        for (int i = 0; isLegal && i < name.length(); i++) {
            isLegal = isLegalInName(name.charAt(i));
        }
        if (!isLegal) {
            throw new IllegalArgumentException("'" + name + "' is not a topic's name: that is 1 to 249 letters, digits,"
                    + " '.', '_' and '-', and neither '.' nor '..'");
        }
        return name;
    }

    private static boolean isLegalInName(char sign) {
        return (sign >= 'a' && sign <= 'z')
                || (sign >= 'A' && sign <= 'Z')
                || (sign >= '0' && sign <= '9')
                || sign == '.'
                || sign == '_'
                || sign == '-';
    }

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
     * A producer for this topic, with a session of its own. Returns without waiting for the network; connecting, and asking for the topic, begin in the
     * background.
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
