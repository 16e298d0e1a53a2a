package dev.tubepost.testkit.embedded;

import dev.tubepost.testkit.embedded.ClusterSettings.BrokerListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Confined to one thread. Says what an {@link EmbeddedKafka} is to be; every {@link #start} makes a new cluster. */
public final class EmbeddedKafkaBuilder {
    private int brokers = 1;
    private boolean processes;
    private final Map<String, String> config = new HashMap<>();
    private final Map<Integer, Map<String, String>> brokerConfig = new HashMap<>();
    private final Map<String, String> listeners = new HashMap<>();
    private final Map<String, ListenerSecurity> security = new HashMap<>();
    private final Map<BrokerListener, String> advertised = new HashMap<>();
    private List<String> javaOptions = List.of();
    private Duration startTimeout = Duration.ofSeconds(90);
    private @Nullable Path directory;
    private @Nullable Path temporaryIn;
    private @Nullable String classPath;

    EmbeddedKafkaBuilder() {}

    /** How many brokers, at least 1 (the default); their ids are 1, 2 and so on. From 2 on, the controller is a further node. */
    public EmbeddedKafkaBuilder brokers(int brokers) {
        if (brokers < 1 || brokers >= ClusterSettings.CONTROLLER_ID) {
            throw new IllegalArgumentException(
                    "brokers must be 1 to " + (ClusterSettings.CONTROLLER_ID - 1) + ", not " + brokers);
        }
        this.brokers = brokers;
        return this;
    }

    /** Whether each node is a process of its own, which can be killed and paused; by default all run in this JVM. */
    public EmbeddedKafkaBuilder processes(boolean processes) {
        this.processes = processes;
        return this;
    }

    /** A setting of every node, such as {@code message.max.bytes}. Listeners, node ids and directories are the cluster's own and cannot be set. */
    public EmbeddedKafkaBuilder config(String name, String value) {
        config.put(settable(name), value);
        return this;
    }

    /** A setting of one broker, over {@link #config}. */
    public EmbeddedKafkaBuilder brokerConfig(int broker, String name, String value) {
        brokerConfig.computeIfAbsent(broker, id -> new HashMap<>()).put(settable(name), value);
        return this;
    }

    /** Whether a topic comes into being when a client asks for it; Kafka's default is yes. */
    public EmbeddedKafkaBuilder autoCreateTopics(boolean autoCreate) {
        return config("auto.create.topics.enable", Boolean.toString(autoCreate));
    }

    /**
     * A further listener of every broker, next to {@code PLAINTEXT}; its addresses are {@link EmbeddedKafka#bootstrapServers(String)}.
     *
     * @param name upper case by custom; what belongs to it is set by {@code config("listener.name.<lower case name>....", ...)}
     * @param securityProtocol PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL
     */
    public EmbeddedKafkaBuilder listener(String name, String securityProtocol) {
        if (name.equals(ClusterSettings.PLAINTEXT) || name.equals(ClusterSettings.CONTROLLER)) {
            throw new IllegalArgumentException("The listener " + name + " exists already; name yours otherwise");
        }
        listeners.put(name, securityProtocol);
        return this;
    }

    /**
     * A further listener of every broker that is secured as is said; its addresses are {@link EmbeddedKafka#bootstrapServers(String)}.
     *
     * @param name upper case by custom
     */
    public EmbeddedKafkaBuilder listener(String name, ListenerSecurity security) {
        listener(name, security.protocol().name());
        this.security.put(name, security);
        return this;
    }

    /**
     * Secures the listener for clients: {@link EmbeddedKafka#bootstrapServers()} and {@link EmbeddedKafka#address} tell the addresses of a secured listener,
     * {@code SECURED}. Brokers among themselves, and what this class does itself, as reading back, stay with {@code PLAINTEXT} on the loopback address.
     */
    public EmbeddedKafkaBuilder security(ListenerSecurity security) {
        return listener(ClusterSettings.SECURED, security);
    }

    /**
     * What a broker tells the clients of a listener to connect to, for instance a proxy or an address that nobody can resolve. For a listener
     * that was added: the brokers and this class itself use {@code PLAINTEXT}.
     *
     * @param hostAndPort such as {@code 127.0.0.1:9093}
     */
    public EmbeddedKafkaBuilder advertise(int broker, String listener, String hostAndPort) {
        advertised.put(new BrokerListener(broker, listener), hostAndPort);
        return this;
    }

    /** For the JVM of each process, after {@code -Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1}, so that these can be overruled. */
    public EmbeddedKafkaBuilder javaOptions(String... javaOptions) {
        this.javaOptions = List.of(javaOptions);
        return this;
    }

    /** Where the processes find Kafka and this module; needed only if the class loader that loaded this module does not tell. */
    public EmbeddedKafkaBuilder classPath(String classPath) {
        this.classPath = classPath;
        return this;
    }

    /** Where the data goes. It stays there at the end, and the next cluster of the same size finds it; by default a temporary directory. */
    public EmbeddedKafkaBuilder directory(Path directory) {
        this.directory = directory;
        return this;
    }

    /** Where the temporary directory is made, instead of where the JVM makes them: in memory, for instance. Not together with {@link #directory}. */
    public EmbeddedKafkaBuilder temporaryIn(Path parent) {
        this.temporaryIn = parent;
        return this;
    }

    /** How long the whole cluster may take to start, and later each single broker; 90 seconds by default, for slow machines. */
    public EmbeddedKafkaBuilder startTimeout(Duration startTimeout) {
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("startTimeout must be positive, not " + startTimeout);
        }
        this.startTimeout = startTimeout;
        return this;
    }

    /**
     * Starts the cluster and returns when all brokers serve requests.
     *
     * @throws EmbeddedKafkaException if a node does not start in time; nothing is left behind then
     */
    public EmbeddedKafka start() {
        return EmbeddedKafka.start(settings());
    }

    ClusterSettings settings() {
        brokerConfig.keySet().forEach(this::checkBroker);
        if (directory != null && temporaryIn != null) {
            throw new IllegalArgumentException("directory and temporaryIn contradict each other: give one of them");
        }
        for (var where : advertised.keySet()) {
            checkBroker(where.broker());
            if (!where.listener().equals(ClusterSettings.PLAINTEXT) && !listeners.containsKey(where.listener())) {
                throw new IllegalArgumentException("advertise: there is no listener " + where.listener());
            }
        }
        return new ClusterSettings(
                brokers,
                processes,
                config,
                brokerConfig,
                listeners,
                security,
                listeners.containsKey(ClusterSettings.SECURED) ? ClusterSettings.SECURED : ClusterSettings.PLAINTEXT,
                advertised,
                javaOptions,
                startTimeout,
                directory,
                temporaryIn,
                classPath);
    }

    private void checkBroker(int broker) {
        if (broker < 1 || broker > brokers) {
            throw new IllegalArgumentException("There is no broker " + broker + " among 1 to " + brokers);
        }
    }

    private static String settable(String name) {
        if (NodeProperties.OWN.contains(name)) {
            throw new IllegalArgumentException(
                    name + " is set by the embedded Kafka itself; listeners are added with listener(...)");
        }
        return name;
    }
}
