package dev.tubepost.internal.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A name that kafka-clients or the specification has, and that is no option here: the values that ask for nothing are passed over,
 * the others are refused, as what they ask for would silently not happen. <em>Immutable.</em>
 *
 * @param name the name; {@link #PROVIDERS} stands for all that begin with it
 * @param harmless the values that are passed over; {@code *} stands for every value. An empty value always is; case does not matter
 * @param instead what is said about any other value
 * @param secret whether values may be secrets, which are not repeated in messages
 */
record ForeignName(String name, Set<String> harmless, String instead, boolean secret) {

    private static final String LATER = "is not supported yet: leave it out";
    private static final String IN_CODE =
            "is given in code: pass a Serializer to Topic.producer or ProducerSession.producer";
    private static final String NO_CLASSES = "classes are never loaded by name";
    /** Each provider has options of its own, whose names begin with this. */
    private static final String PROVIDERS = "config.providers.";

    private static final String STOCK = "org.apache.kafka.common.serialization.";

    /** All but those of {@link ForeignSecurity}. */
    static final List<ForeignName> ALL = List.of(
            // what decides how bytes are made is the Serializer given in code; these make the same bytes as ours
            of("key.serializer", IN_CODE, stockSerializers()),
            of("value.serializer", IN_CODE, stockSerializers()),
            of("serializer", IN_CODE, "None"),
            of("topic", "is given in code: Cluster.topic(name)"),
            of("cluster", "is given in code: Cluster.connect(options)"),
            // identity
            of("transactional.id", LATER),
            of("transaction.timeout.ms", LATER, "*"),
            of("transaction.two.phase.commit.enable", LATER, "false"),
            // hooks and metrics
            of("interceptor.classes", NO_CLASSES + "; outcomes reach ProducerOptions.Builder.deliveryListener"),
            of("metric.reporters", NO_CLASSES, "org.apache.kafka.common.metrics.JmxReporter"),
            of("auto.include.jmx.reporter", LATER, "*"),
            of("metrics.num.samples", LATER, "*"),
            of("metrics.sample.window.ms", LATER, "*"),
            of("metrics.recording.level", LATER, "*"),
            of("enable.metrics.push", LATER, "false"),
            of("config.providers", NO_CLASSES + ", and placeholders never expanded: give the values themselves"),
            secret(PROVIDERS),
            // partitioning beyond partitioner.class
            of("partitioner.ignore.keys", "give partitioner=sticky instead", "false"),
            of("partitioner.adaptive.partitioning.enable", LATER, "false"),
            of("partitioner.availability.timeout.ms", LATER, "0"),
            of("partitioner.rack.aware", LATER, "false"),
            of("client.rack", LATER),
            // how the cluster is found
            of(
                    "client.dns.lookup",
                    "all addresses of a name are tried, and nothing else is supported",
                    "use_all_dns_ips"),
            of("metadata.recovery.strategy", "only rebootstrap is supported", "rebootstrap"),
            of("metadata.recovery.rebootstrap.trigger.ms", LATER, "300000"),
            of("metadata.cluster.check.enable", LATER, "false"),
            of("zookeeper_hosts", "brokers are found through bootstrapServers", "None"),
            // what is always so here, or has no meaning here
            of("bootstrap.resolve.timeout.ms", LATER, "*"), // names are never resolved in a constructor
            of("buffer.memory.allocation.strategy", LATER, "*"), // memory always follows use
            of("broker_version", LATER, "*"), // asked of each broker
            of("queue_empty_timeout_ms", LATER, "*"), // an idle producer never spins
            of("exclude_internal_topics", LATER, "*"),
            of("offsets_channel_socket_timeout_ms", LATER, "*"),
            of("use_greenlets", "is not supported: give ClusterOptions.Builder.threadFactory", "False", "false"));

    static ForeignName of(String name, String instead, String... harmless) {
        return new ForeignName(name, Set.of(harmless), instead, false);
    }

    private static ForeignName secret(String name) {
        return new ForeignName(name, Set.of("None"), LATER, true);
    }

    private static String[] stockSerializers() {
        Set<String> classes = new HashSet<>();
        for (String type : List.of("ByteArray", "String", "Integer", "Long", "UUID")) {
            classes.add(STOCK + type + "Serializer");
        }
        return classes.toArray(String[]::new);
    }

    /** What is known about a name, or null if nothing is. */
    static @Nullable ForeignName find(String name) {
        ForeignName exact = Known.BY_NAME.get(name);
        return exact == null && name.startsWith(PROVIDERS) ? Known.BY_NAME.get(PROVIDERS) : exact;
    }

    /** Made when the first name is looked for that is no option here. */
    private static final class Known {
        static final Map<String, ForeignName> BY_NAME = Stream.of(ALL, ForeignSecurity.ALL)
                .flatMap(List::stream)
                .collect(Collectors.toUnmodifiableMap(ForeignName::name, Function.identity()));
    }

    boolean passesOver(String value) {
        return value.isEmpty() || harmless.contains("*") || harmless.stream().anyMatch(value::equalsIgnoreCase);
    }
}
