package dev.tubepost.testkit.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. A real Kafka cluster on the loopback address of this machine, for tests and trials: started in seconds, brokers stopped, killed
 * and moved at will, topics read back with Apache's own consumer, and nothing left of it after {@link #close}: no file, thread or process.
 *
 * <pre>{@code
 * try (var kafka = EmbeddedKafka.start(3)) {
 *     kafka.createTopic("t", 6, 3, Map.of());
 *     // ... a producer connects to kafka.bootstrapServers() ...
 *     kafka.stop(1);
 *     // ...
 *     List<ReadMessage> all = kafka.readAll("t");
 * }
 * }</pre>
 *
 * <p>Brokers have the ids 1 to n. A single broker is its own controller; with more, the controller is a further node that no method here stops, so
 * that the cluster survives whatever happens to any broker. Nodes run in this JVM or as processes of their own
 * ({@link EmbeddedKafkaBuilder#processes}): only the latter can be killed and paused. In this JVM Kafka is kept from ending the JVM when it fails.
 *
 * <p>Every method that waits has a bound: 30 seconds, or the start timeout where a broker starts. An {@link EmbeddedKafkaException} says what was
 * missing.
 */
public final class EmbeddedKafka implements AutoCloseable {
    /** Answer of {@link #leader} while a partition has none. */
    public static final int NO_LEADER = -1;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** How often other ports are tried when somebody else was faster. */
    private static final int PORT_ATTEMPTS = 5;

    private final ClusterSettings settings;
    private final DataDirectory directory;
    private final Nodes nodes;
    private final Thread atExit;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Guards {@link #admin}. */
    private final ReentrantLock adminLock = new ReentrantLock();

    private @Nullable TopicAdmin admin;

    private EmbeddedKafka(ClusterSettings settings, DataDirectory directory) {
        this.settings = settings;
        this.directory = directory;
        this.nodes = new Nodes(settings, directory.path(), directory.clusterId());
        this.atExit = new Thread(this::abandon, "tubepost-embedded-exit");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** A cluster of so many brokers in this JVM, otherwise with the defaults of {@link #builder()}. */
    public static EmbeddedKafka start(int brokers) {
        return builder().brokers(brokers).start();
    }

    public static EmbeddedKafkaBuilder builder() {
        return new EmbeddedKafkaBuilder();
    }

    static EmbeddedKafka start(ClusterSettings settings) {
        var deadline = Deadline.in(settings.startTimeout());
        for (int attempt = 1; ; attempt++) {
            var kafka = create(settings);
            try {
                kafka.nodes.start(deadline);
                kafka.topics().awaitBrokers(settings.brokers(), deadline);
                kafka.addUsers();
                return kafka;
            } catch (Throwable e) {
                kafka.closeAfter(e);
                if (attempt == PORT_ATTEMPTS || !PortClash.isCauseOf(e)) {
                    throw e;
                }
            }
        }
    }

    private static EmbeddedKafka create(ClusterSettings settings) {
        var directory = DataDirectory.open(settings.directory(), settings.temporaryIn());
        try {
            return new EmbeddedKafka(settings, directory);
        } catch (Throwable e) {
            directory.close();
            throw e;
        }
    }

    /** The addresses of all brokers, whether they run or not, as {@code host:port,host:port}. */
    public String bootstrapServers() {
        return bootstrapServers(settings.clientListener());
    }

    /** The addresses of a listener that was added with {@link EmbeddedKafkaBuilder#listener}. */
    public String bootstrapServers(String listener) {
        return nodes.bootstrapServers(listener);
    }

    /** The addresses that are used here. */
    private String internalServers() {
        return nodes.bootstrapServers(ClusterSettings.PLAINTEXT);
    }

    /** The address of one broker. */
    public String address(int broker) {
        return Ports.HOST + ":" + nodes.broker(broker).port(settings.clientListener());
    }

    /** The port on which one broker listens, or will when it is started. */
    public int port(int broker, String listener) {
        return nodes.broker(broker).port(listener);
    }

    /** The ids of all brokers in rising order, whether they run or not. */
    public List<Integer> brokers() {
        return List.copyOf(nodes.brokers().keySet());
    }

    /** Whether the broker was started and neither stopped, killed nor found dead; a paused one is running. */
    public boolean isRunning(int broker) {
        return nodes.broker(broker).isRunning();
    }

    /** Where the nodes keep their data, each in a directory of its name, and processes their logs. */
    public Path directory() {
        return directory.path();
    }

    /** Apache's admin client, connected to this cluster and closed with it; another one after {@link #restartOnNewPort}. */
    public Admin admin() {
        return topics().admin();
    }

    // Brokers

    /** Stops a broker in order: it hands over its partitions and leaves the cluster. Nothing happens if it does not run. */
    public void stop(int broker) {
        on(broker, "stop", TIMEOUT, Node::stop);
    }

    /** Starts a stopped or killed broker with its data on its old port; returns when it serves requests. Nothing happens if it runs. */
    public void startAgain(int broker) {
        on(broker, "start", settings.startTimeout(), Node::start);
    }

    /** Stops a broker in order and starts it with its data on its old port. */
    public void restart(int broker) {
        stop(broker);
        startAgain(broker);
    }

    /** Stops a broker in order and starts it with its data on new ports; who knows only its old address does not find it. */
    public void restartOnNewPort(int broker) {
        on(broker, "restart", settings.startTimeout(), (node, deadline) -> node.startOn(nodes.freePorts(), deadline));
        forgetAdmin();
    }

    /**
     * Kills a broker as {@code kill -9} does: no hand-over, nothing flushed, the others learn of it by its silence, after
     * {@code broker.session.timeout.ms}, which is 3 seconds here.
     *
     * @throws UnsupportedOperationException if the brokers run in this JVM
     */
    public void kill(int broker) {
        nodes.broker(broker).kill();
    }

    /**
     * Freezes a broker (SIGSTOP): its connections stay open and nothing answers. A paused broker that its parent forgets by being killed itself stays
     * behind; everything else is cleaned up.
     *
     * @throws UnsupportedOperationException if the brokers run in this JVM
     */
    public void pause(int broker) {
        nodes.broker(broker).pause();
    }

    /** Lets a paused broker go on (SIGCONT). */
    public void resume(int broker) {
        nodes.broker(broker).resume();
    }

    /** The process of a running broker. */
    public long processId(int broker) {
        return process(broker).pid();
    }

    /** What a broker's process wrote to its output. There is Kafka's log in it if a backend of slf4j is on the class path. */
    public Path logFile(int broker) {
        return process(broker).logFile();
    }

    private ProcessRunner process(int broker) {
        if (nodes.broker(broker).runner() instanceof ProcessRunner runner) {
            return runner;
        }
        throw new UnsupportedOperationException("Broker " + broker + " runs in this JVM and not as a process");
    }

    // Topics

    /** Creates a topic; returns when all its partitions have leaders. */
    public void createTopic(String topic, int partitions, int replicationFactor, Map<String, String> config) {
        topics().create(topic, partitions, replicationFactor, config);
    }

    /** Creates a topic without replicas and with the brokers' settings. */
    public void createTopic(String topic, int partitions) {
        createTopic(topic, partitions, 1, Map.of());
    }

    /** Raises the number of partitions to {@code total}. */
    public void addPartitions(String topic, int total) {
        topics().addPartitions(topic, total);
    }

    public void deleteTopic(String topic) {
        topics().delete(topic);
    }

    /** The names of all topics except Kafka's own. */
    public Set<String> topicNames() {
        return topics().names();
    }

    /** The broker that leads a partition, or {@link #NO_LEADER}. */
    public int leader(String topic, int partition) {
        return topics().leader(topic, partition);
    }

    /** Makes a broker the leader of a partition, and before that a replica in place of the last one if it is none. Returns when every broker tells of it. */
    public void moveLeader(String topic, int partition, int broker) {
        topics().moveLeader(topic, partition, broker);
    }

    /** Waits until every replica of a topic is in sync, for instance after a broker came back. */
    public void awaitInSync(String topic) {
        topics().awaitInSync(topic);
    }

    /** The offset after the last message of each partition. */
    public SortedMap<Integer, Long> endOffsets(String topic) {
        return topics().endOffsets(topic);
    }

    // Security

    private void addUsers() {
        Map<String, String> users = new HashMap<>();
        settings.security().values().forEach(security -> users.putAll(security.scramUsers()));
        if (!users.isEmpty()) {
            security().setScramPasswords(users);
        }
    }

    /** Adds a user of SCRAM, or changes the user's password, for both hash functions; returns when a broker tells of it. Open connections stay open. */
    public void setScramPassword(String user, String password) {
        security().setScramPasswords(Map.of(user, password));
    }

    /** Removes a user of SCRAM. Open connections stay open. */
    public void removeScramUser(String user) {
        security().removeScramUser(user);
    }

    /**
     * Gives the running brokers another key and certificate for a listener; connections that are opened later see it. Kafka does not look whether a
     * file has changed by itself: the same file is read again too.
     *
     * @throws EmbeddedKafkaException if a broker cannot use the file; it keeps the old one then. It demands that the certificate has the old one's subject, and
     *     at least its host names, unless {@code ssl.allow.dn.changes} and {@code ssl.allow.san.changes} are set
     */
    public void exchangeKeyStore(String listener, StoreFile store) {
        security().exchangeKeyStore(brokers(), listener, store);
    }

    private SecurityAdmin security() {
        return new SecurityAdmin(admin(), TIMEOUT);
    }

    // Reading back

    /** {@link #readAll(String, Duration)} within 30 seconds. */
    public List<ReadMessage> readAll(String topic) {
        return readAll(topic, TIMEOUT);
    }

    /**
     * All messages of a topic that were written before this call, whatever became of their transactions: partition after partition, each in the
     * order of the offsets.
     *
     * @throws EmbeddedKafkaException if they could not all be read in time, naming the partitions and offsets that are missing
     */
    public List<ReadMessage> readAll(String topic, Duration timeout) {
        return collect(topic, timeout, false);
    }

    /** As {@link #readAll(String, Duration)} without the messages of transactions that were aborted or are still open, nor any after an open one. */
    public List<ReadMessage> readCommitted(String topic, Duration timeout) {
        return collect(topic, timeout, true);
    }

    /**
     * Hands over each message as it is read, so that any number can be read in little memory; the order is kept within each partition.
     *
     * @param sink called on the calling thread
     * @return how many messages there were
     */
    public long forEach(String topic, Duration timeout, Consumer<? super ReadMessage> sink) {
        return read(topic, timeout, false, sink);
    }

    private List<ReadMessage> collect(String topic, Duration timeout, boolean committedOnly) {
        List<ReadMessage> messages = new ArrayList<>();
        read(topic, timeout, committedOnly, messages::add);
        messages.sort((a, b) -> Integer.compare(a.partition(), b.partition())); // stable: offsets stay in order
        return messages;
    }

    private long read(String topic, Duration timeout, boolean committedOnly, Consumer<? super ReadMessage> sink) {
        var deadline = Deadline.in(timeout);
        var partitions = topics().partitions(topic, deadline);
        return new TopicReader(internalServers(), topic, deadline).read(partitions, committedOnly, sink);
    }

    // The end

    /** Ends everything: clients, brokers, processes, and the data unless a directory was named. Does nothing the second time. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            forgetAdmin();
            nodes.end(Deadline.in(TIMEOUT), !directory.isTemporary());
        } finally {
            directory.close();
            removeHook();
        }
    }

    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending and the hook runs already.
        }
    }

    /** The JVM ends and nobody closed this cluster. */
    private void abandon() {
        nodes.abandon();
        directory.close();
    }

    private interface NodeOperation {
        void run(Node node, Deadline deadline);
    }

    private void on(int broker, String verb, Duration timeout, NodeOperation operation) {
        checkOpen();
        var deadline = Deadline.in(timeout);
        Parallel.forEach(List.of(nodes.broker(broker)), verb, deadline, node -> operation.run(node, deadline));
    }

    private TopicAdmin topics() {
        adminLock.lock();
        try {
            checkOpen();
            var current = admin;
            if (current == null) {
                current = new TopicAdmin(internalServers(), TIMEOUT);
                admin = current;
            }
            return current;
        } finally {
            adminLock.unlock();
        }
    }

    private void forgetAdmin() {
        adminLock.lock();
        try {
            if (admin != null) {
                admin.close();
                admin = null;
            }
        } finally {
            adminLock.unlock();
        }
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new IllegalStateException("This embedded Kafka is closed");
        }
    }
}
