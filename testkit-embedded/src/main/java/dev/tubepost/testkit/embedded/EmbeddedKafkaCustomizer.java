package dev.tubepost.testkit.embedded;

/**
 * Changes every cluster that {@link EmbeddedKafkaExtension} starts, before it starts; found as a service by {@link java.util.ServiceLoader}, so that
 * tests can run against other brokers without being changed, for instance against secured ones. Clusters that a test builds by itself are left alone.
 * <em>Implementations are thread-safe.</em>
 */
public interface EmbeddedKafkaCustomizer {

    /** Called by the thread that starts the cluster, with what the annotation or the field says; may be called several times for one builder. */
    void customize(EmbeddedKafkaBuilder builder);
}
