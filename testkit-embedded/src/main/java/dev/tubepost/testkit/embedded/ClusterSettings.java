package dev.tubepost.testkit.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. What the builder was told.
 *
 * @param brokers how many brokers; their ids are 1 to this number
 * @param config settings of every node, over the module's own
 * @param brokerConfig settings of one broker, over {@code config}
 * @param listeners security protocol by name of each further listener
 * @param security what secures those listeners that have such
 * @param clientListener the listener whose addresses clients are told when they name none
 * @param advertised what a broker tells clients to connect to instead of where it listens, by (broker, listener)
 * @param directory where the data goes and stays; null: a temporary directory, deleted at the end
 * @param temporaryIn where that temporary directory is made; null: where the JVM makes them
 * @param classPath for the processes; null: the one this module was loaded from
 */
record ClusterSettings(
        int brokers,
        boolean processes,
        Map<String, String> config,
        Map<Integer, Map<String, String>> brokerConfig,
        Map<String, String> listeners,
        Map<String, ListenerSecurity> security,
        String clientListener,
        Map<BrokerListener, String> advertised,
        List<String> javaOptions,
        Duration startTimeout,
        @Nullable Path directory,
        @Nullable Path temporaryIn,
        @Nullable String classPath) {

    /** The listener that every broker has: unencrypted, for clients, other brokers and this module. */
    static final String PLAINTEXT = "PLAINTEXT";

    /** The listener for clients, if they are to use a secured one. */
    static final String SECURED = "SECURED";

    static final String CONTROLLER = "CONTROLLER";

    /** Id of the node that is only a controller; far from the brokers', which count from 1. */
    static final int CONTROLLER_ID = 1000;

    record BrokerListener(int broker, String listener) {}

    ClusterSettings {
        config = Map.copyOf(config);
        brokerConfig = Map.copyOf(brokerConfig);
        listeners = Map.copyOf(listeners);
        security = Map.copyOf(security);
        advertised = Map.copyOf(advertised);
        javaOptions = List.copyOf(javaOptions);
    }

    /**
     * With one broker it is the controller too, which halves the start. With more, the controller is a node of its own, so that whatever broker
     * is stopped or killed, the others go on.
     */
    boolean hasOwnController() {
        return brokers > 1;
    }

    int controllerId() {
        return hasOwnController() ? CONTROLLER_ID : 1;
    }
}
