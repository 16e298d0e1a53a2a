package dev.tubepost.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** One broker of some release of Kafka, as a process of its own, with a ZooKeeper if it needs one. <em>Confined to one thread.</em> */
final class ReleasedBroker implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String HOST = "127.0.0.1";

    private final Release release;
    private final Path directory;
    private final int port;
    private final @Nullable Process zooKeeper;
    private final Admin admin;
    private @Nullable Process broker;

    private ReleasedBroker(Release release, Path directory, int port, @Nullable Process zooKeeper) {
        this.release = release;
        this.directory = directory;
        this.port = port;
        this.zooKeeper = zooKeeper;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    static ReleasedBroker start(Release release, Path directory) throws IOException {
        int port = freePort();
        int otherPort = freePort();
        Process zooKeeper = null;
        List<String> config = new ArrayList<>(List.of(
                "log.dirs=" + directory.resolve("data"),
                "num.network.threads=1",
                "num.io.threads=2",
                "offsets.topic.replication.factor=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "auto.create.topics.enable=false",
                "advertised.listeners=PLAINTEXT://" + HOST + ":" + port));
        if (release.isWithZooKeeper()) {
            config.add("broker.id=1");
            config.add("listeners=PLAINTEXT://" + HOST + ":" + port);
            config.add("zookeeper.connect=" + HOST + ":" + otherPort);
            config.add("zookeeper.session.timeout.ms=2000"); // until then, a killed broker's name is taken
            zooKeeper = startZooKeeper(release, directory, otherPort);
        } else {
            config.add("process.roles=broker,controller");
            config.add("node.id=1");
            config.add("controller.quorum.voters=1@" + HOST + ":" + otherPort);
            config.add("controller.listener.names=CONTROLLER");
            config.add("listeners=PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + otherPort);
            config.add("listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        }
        Files.write(directory.resolve("broker.properties"), config);
        var started = new ReleasedBroker(release, directory, port, zooKeeper);
        try {
            started.format();
            started.startAgain();
            return started;
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static Process startZooKeeper(Release release, Path directory, int port) throws IOException {
        Path config = directory.resolve("zookeeper.properties");
        Files.write(
                config,
                List.of(
                        "dataDir=" + directory.resolve("zookeeper"),
                        "clientPort=" + port,
                        "clientPortAddress=" + HOST,
                        "tickTime=500",
                        "admin.enableServer=false"));
        return run(release, directory, "org.apache.zookeeper.server.quorum.QuorumPeerMain", config.toString());
    }

    private void format() throws IOException {
        if (release.isWithZooKeeper()) {
            return;
        }
        String id = Uuid.randomUuid().toString();
        Process format = run(release, directory, "kafka.tools.StorageTool", "format", "-t", id, "-c", properties());
        try {
            if (!format.waitFor(START.toSeconds(), TimeUnit.SECONDS) || format.exitValue() != 0) {
                throw new IOException("could not format the storage: " + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            format.destroyForcibly();
        }
    }

    String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** Starts the broker with the data and the port that it had, and returns when it serves requests. */
    void startAgain() throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!isServing()) {
            if (System.nanoTime() - deadline >= 0) {
                throw new IOException(release + " does not serve requests: " + output());
            }
            if (broker == null || !broker.isAlive()) { // with ZooKeeper, its own name is taken for a while after a kill
                broker = run(release, directory, "kafka.Kafka", properties());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private boolean isServing() {
        if (broker == null) {
            return false;
        }
        try {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        if (broker != null) {
            broker.destroyForcibly().waitFor();
            broker = null;
        }
    }

    void createTopic(String topic, int partitions) throws ExecutionException, InterruptedException {
        var created = new NewTopic(topic, partitions, (short) 1).configs(Map.of("max.message.bytes", "2000000"));
        admin.createTopics(List.of(created)).all().get();
    }

    /** All messages of a topic, as the stock consumer reads them. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers(), "max.poll.records", 10_000);
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(config, bytes, bytes)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(POLL).forEach(all::add);
            }
        }
        return all;
    }

    private String properties() {
        return directory.resolve("broker.properties").toString();
    }

    private String output() throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("output"), StandardCharsets.UTF_8);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    private static Process run(Release release, Path directory, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", release.classPath(), main));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("output").toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        for (Process process : new Process[] {broker, zooKeeper}) {
            if (process != null) {
                process.destroyForcibly().onExit().join();
            }
        }
    }
}
