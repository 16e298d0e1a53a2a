package dev.tubepost.it.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.DeliveryException;
import dev.tubepost.InvalidOptionsException;
import dev.tubepost.Message;
import dev.tubepost.MetadataException;
import dev.tubepost.Partition;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.UndeliveredException;
import dev.tubepost.it.Clusters;
import dev.tubepost.it.Eventually;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Clusters and topics as a program sees them: bootstrap, partitions, topics that appear, grow and go. */
@EmbeddedKafkaTest(shared = true)
final class TopicsIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final EmbeddedKafka kafka;

    TopicsIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void anUnknownTopicIsCreatedByTheBrokerWhenItIsFirstUsed() throws Exception {
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer =
                        cluster.topic("created-by-use").producer(durable(), Serializers.utf8())) {
            Message<String, String> message = producer.produce("first");
            assertThat(message.delivered().get(20, TimeUnit.SECONDS).offset()).isZero();
            assertThat(cluster.topic("created-by-question").partitions().get(20, TimeUnit.SECONDS))
                    .hasSize(1);
        }
        assertThat(kafka.topicNames()).contains("created-by-use", "created-by-question");
        assertThat(kafka.readAll("created-by-use")).hasSize(1);
    }

    @Test
    void anUnknownTopicThatMayNotBeCreatedIsRefusedWithAHint() {
        ClusterOptions passive = Clusters.options(kafka.bootstrapServers())
                .allowAutoTopicCreation(false)
                .build();
        try (Cluster cluster = Cluster.connect(passive)) {
            Producer<String, String> producer = cluster.topic("missing").producer(durable(), Serializers.utf8());
            Message<String, String> message = producer.produce("value"); // does not wait to find that out
            assertThatThrownBy(() -> message.delivered().get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(DeliveryException.class)
                    .hasMessageContaining("missing")
                    .hasMessageContaining("UNKNOWN_TOPIC_OR_PARTITION");
            kafka.createTopic("missing", 1);
            assertThat(producer.produce("next").delivered()).succeedsWithin(LONG); // no restart
            assertThatThrownBy(producer::close).hasCause(message.failure());
        }
        assertThat(kafka.readAll("missing")).extracting(ReadMessage::valueText).containsExactly("next");
    }

    @Test
    void whoAsksForThePartitionsOfAnUnknownTopicIsToldWhatTheBrokersAnswer() {
        ClusterOptions.Builder passive =
                Clusters.options(kafka.bootstrapServers()).allowAutoTopicCreation(false);
        try (Cluster impatient = Cluster.connect(
                        passive.requestTimeout(Duration.ofSeconds(3)).build());
                Cluster patient = Cluster.connect(passive.requestTimeout(LONG).build())) {
            assertThat(impatient.topic("unknown").partitions())
                    .failsWithin(LONG)
                    .withThrowableThat()
                    .withCauseInstanceOf(MetadataException.class)
                    .withMessageContaining("unknown were not known within requestTimeout, 3000 ms")
                    .withMessageContaining("UNKNOWN_TOPIC_OR_PARTITION (3)");
            assertThat(patient.topic("unknown").partitions())
                    .failsWithin(LONG)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(MetadataException.class, e -> {
                        assertThat(e.errorName()).isEqualTo("UNKNOWN_TOPIC_OR_PARTITION");
                        assertThat(e.errorCode()).isEqualTo(3);
                        assertThat(e.topic()).isEqualTo("unknown");
                        assertThat(e.isRetriable()).isFalse(); // for ten seconds no broker knew it
                    })
                    .withMessageContaining(kafka.address(1))
                    .withMessageContaining("Create the topic");
        }
    }

    @Test
    void partitionsAreSortedAndTellTheirLeadersAndReplicas() throws Exception {
        kafka.createTopic("described", 5);
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers())) {
            assertThat(cluster.topic("described").name()).isEqualTo("described");
            List<Partition> partitions = cluster.topic("described").partitions().get(20, TimeUnit.SECONDS);
            assertThat(partitions).extracting(Partition::id).containsExactly(0, 1, 2, 3, 4);
            assertThat(partitions).allSatisfy(partition -> {
                assertThat(partition.topic()).isEqualTo("described");
                assertThat(partition.leader()).isEqualTo(1);
                assertThat(partition.replicas()).containsExactly(1);
                assertThat(partition.isr()).containsExactly(1);
            });
        }
    }

    @Test
    void topicsAppearOnceAndGoWithTheirDeletionAndInternalOnesAreNotTold() throws Exception {
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers())) {
            assertThat(names(cluster)).doesNotContain("come-and-go-1", "come-and-go-2");
            kafka.createTopic("come-and-go-1", 1);
            kafka.createTopic("come-and-go-2", 2);
            assertThat(names(cluster)).containsOnlyOnce("come-and-go-1");
            assertThat(cluster.topics().get(20, TimeUnit.SECONDS))
                    .filteredOn(partition -> partition.topic().equals("come-and-go-2"))
                    .extracting(Partition::id)
                    .containsExactly(0, 1);
            kafka.deleteTopic("come-and-go-1");
            assertThat(names(cluster)).doesNotContain("come-and-go-1").contains("come-and-go-2");
            assertThat(names(cluster)).isSorted().noneMatch(name -> name.startsWith("__"));
        }
    }

    private static List<String> names(Cluster cluster) throws Exception {
        return cluster.topics().get(20, TimeUnit.SECONDS).stream()
                .map(Partition::topic)
                .distinct()
                .toList();
    }

    @Test
    void partitionsThatAreAddedAreUsedAfterAnUpdate() throws Exception {
        kafka.createTopic("grows", 1);
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer = cluster.topic("grows").producer(durable(), Serializers.utf8())) {
            List<Message<String, String>> messages = produce(producer, 10);
            assertThat(producer.flush(LONG)).isTrue();
            assertThat(messages).extracting(Message::partition).containsOnly(0);
            kafka.addPartitions("grows", 4);
            cluster.update().get(20, TimeUnit.SECONDS);
            assertThat(cluster.topic("grows").partitions().get(20, TimeUnit.SECONDS))
                    .hasSize(4);
            List<Message<String, String>> more = produce(producer, 12);
            assertThat(producer.flush(LONG)).isTrue();
            assertThat(more).extracting(Message::failure).containsOnlyNulls();
            assertThat(more).extracting(Message::partition).contains(0, 1, 2, 3);
        }
        assertThat(kafka.readAll("grows")).hasSize(22);
    }

    @Test
    void partitionsThatAreAddedAreFoundByAndBy() {
        kafka.createTopic("grows-by-itself", 1);
        ClusterOptions curious = Clusters.options(kafka.bootstrapServers())
                .metadataMaxAge(Duration.ofMillis(200))
                .build();
        try (Cluster cluster = Cluster.connect(curious);
                Producer<String, String> producer =
                        cluster.topic("grows-by-itself").producer(durable(), Serializers.utf8())) {
            produce(producer, 2);
            kafka.addPartitions("grows-by-itself", 2);
            Eventually.holds("the second partition is used", () -> {
                Message<String, String> message = producer.produce("value");
                assertThat(producer.flush(LONG)).isTrue();
                return message.partition() == 1;
            });
        }
    }

    @Test
    void goesOnWithTheOtherBootstrapServersWhenSomeDoNotAnswer() throws Exception {
        kafka.createTopic("bootstrapped", 1);
        try (Cluster cluster = Clusters.connect("localhost:1, unknown.invalid:9092 ," + kafka.bootstrapServers());
                Producer<byte[], byte[]> producer =
                        cluster.topic("bootstrapped").syncProducer()) {
            assertThat(producer.produce(new byte[1]).offset()).isZero();
        }
    }

    @Test
    void connectDoesNoIoAndSaysWhatIsWrongWithAnAddress() {
        assertThatThrownBy(() -> Cluster.connect("no-port")).isInstanceOf(InvalidOptionsException.class);
        long begin = System.nanoTime();
        try (Cluster cluster = Cluster.connect("unknown.invalid:9092");
                Producer<byte[], byte[]> producer = cluster.topic("nowhere").producer(ProducerOptions.defaults())) {
            assertThat(producer.tryProduce(new byte[1], null))
                    .satisfies(message -> assertThat(message.cancel()).isTrue());
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        } catch (UndeliveredException e) {
            assertThat(e.notWritten()).isEqualTo(1); // the message that was taken back
        }
    }

    @Test
    void connectionsComeFromTheSourceAddress() throws Exception {
        kafka.createTopic("sourced", 1);
        InetAddress source = InetAddress.getByName("127.0.0.3");
        ClusterOptions.Builder options =
                Clusters.options(kafka.bootstrapServers()).sourceAddress(new InetSocketAddress(source, 0));
        try (Cluster cluster = Cluster.connect(options.build());
                Producer<byte[], byte[]> producer = cluster.topic("sourced").syncProducer()) {
            assertThat(producer.produce(new byte[1]).offset()).isZero();
        }
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Cluster cluster = Cluster.connect(options.bootstrapServers("127.0.0.1:" + server.getLocalPort())
                        .build())) {
            server.setSoTimeout(20_000);
            var update = cluster.update();
            try (Socket peer = server.accept()) {
                assertThat(peer.getInetAddress()).isEqualTo(source);
            }
            assertThat(update.cancel(true)).isTrue();
        }
    }

    @Test
    void everyThreadComesFromTheFactoryOfTheUser() {
        kafka.createTopic("threads", 1);
        Set<Thread> made = ConcurrentHashMap.newKeySet();
        ThreadFactory factory = task -> {
            var thread = new Thread(task);
            made.add(thread);
            return thread;
        };
        ClusterOptions options = Clusters.options(kafka.bootstrapServers())
                .threadFactory(factory)
                .ioThreads(2)
                .build();
        try (Cluster cluster = Cluster.connect(options);
                Producer<byte[], byte[]> producer = cluster.topic("threads").producer(durable())) {
            assertThat(producer.produce(new byte[1]).delivered()).succeedsWithin(LONG);
            assertThat(made).extracting(Thread::getName).anyMatch(name -> name.startsWith("tubepost-io-"));
            assertThat(running()).isSubsetOf(made);
        }
        Eventually.holds("all threads end with the cluster", () -> made.stream().noneMatch(Thread::isAlive));
    }

    private static Set<Thread> running() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("tubepost-"))
                .filter(thread -> !thread.getName().startsWith("tubepost-embedded"))
                .collect(Collectors.toSet());
    }

    @Test
    void virtualThreadsMayProduceAndReport() throws Exception {
        kafka.createTopic("virtual", 2);
        ExecutorService callers = virtualThreads();
        ExecutorService reports = virtualThreads();
        ProducerOptions options =
                ProducerOptions.builder().sync(true).reportExecutor(reports).build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("virtual").producer(options)) {
            List<Future<Message<byte[], byte[]>>> all = new ArrayList<>();
            for (int caller = 0; caller < 200; caller++) {
                all.add(callers.submit(() -> producer.produce(new byte[1])));
            }
            for (Future<Message<byte[], byte[]>> each : all) {
                Message<byte[], byte[]> message = each.get(30, TimeUnit.SECONDS);
                assertThat(message.delivered().get(20, TimeUnit.SECONDS)).isSameAs(message);
            }
        } finally {
            callers.shutdownNow();
            reports.shutdownNow();
        }
        assertThat(kafka.readAll("virtual")).hasSize(200);
    }

    /** Virtual threads where the JDK has them (from 21 on), platform threads elsewhere. */
    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return Executors.newCachedThreadPool();
        }
    }

    private static List<Message<String, String>> produce(Producer<String, String> producer, int count) {
        List<Message<String, String>> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(producer.produce("value " + i));
        }
        return messages;
    }

    private static ProducerOptions durable() {
        return ProducerOptions.durable().build();
    }
}
