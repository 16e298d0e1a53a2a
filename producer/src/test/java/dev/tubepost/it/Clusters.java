package dev.tubepost.it;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import java.util.ServiceLoader;

/**
 * The tests' one way to a real broker, so that the same tests run in plain text and, with a {@link ClusterSecurity} on the class path, over TLS
 * and SASL. <em>Immutable.</em>
 */
public final class Clusters {

    private Clusters() {}

    /** Connects with options that are otherwise the defaults. */
    public static Cluster connect(String bootstrapServers) {
        return Cluster.connect(options(bootstrapServers).build());
    }

    /** Starts from the defaults and what the brokers' security asks for. */
    public static ClusterOptions.Builder options(String bootstrapServers) {
        var options = ClusterOptions.builder(bootstrapServers);
        for (var security : ServiceLoader.load(ClusterSecurity.class)) {
            options = security.secure(options);
        }
        return options;
    }
}
