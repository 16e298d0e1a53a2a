package dev.tubepost.it.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerSession;
import dev.tubepost.it.Clusters;
import dev.tubepost.it.Eventually;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leaders move and brokers restart under a steady stream: nothing lost, nothing reordered, nothing stuck. */
@EmbeddedKafkaTest(brokers = 3)
final class LeadersIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final EmbeddedKafka kafka;

    LeadersIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @AfterEach
    void startAll() {
        kafka.brokers().forEach(kafka::startAgain);
    }

    @Test
    void movingLeadersLoseNothingAndReorderNothing() throws Exception {
        kafka.createTopic("moving", 3, 2, Map.of());
        var stream = new Stream("moving", 3, ProducerOptions.durable());
        for (int round = 0; round < 2; round++) {
            for (int partition = 0; partition < 3; partition++) {
                kafka.moveLeader("moving", partition, (kafka.leader("moving", partition) % 3) + 1);
                stream.awaitProgress();
            }
        }
        stream.stop();
        assertAllInOrder(stream);
    }

    @Test
    void aBrokerThatRestartsOnItsPortLosesNothingAndReordersNothing() throws Exception {
        kafka.createTopic("restarting", 3, 2, Map.of());
        var stream = new Stream("restarting", 3, ProducerOptions.durable());
        kafka.restart(2);
        stream.awaitProgress();
        stream.stop();
        assertAllInOrder(stream);
    }

    @Test
    void aBrokerThatRestartsOnAnotherPortLosesNothingAndReordersNothing() throws Exception {
        kafka.createTopic("relocating", 3, 2, Map.of());
        var stream = new Stream("relocating", 3, ProducerOptions.durable());
        kafka.restartOnNewPort(3);
        stream.awaitProgress();
        kafka.awaitInSync("relocating");
        kafka.moveLeader("relocating", 0, 3); // where it is now
        stream.awaitProgress();
        stream.stop();
        assertAllInOrder(stream);
    }

    @Test
    void everySocketThatIsClosedIsOpenedAgain() throws Exception {
        kafka.createTopic("disconnected", 1, 1, Map.of());
        int leader = kafka.leader("disconnected", 0);
        ProducerOptions options =
                ProducerOptions.durable().deliveryReports(true).build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer =
                        cluster.topic("disconnected").producer(options, Serializers.utf8())) {
            producer.produce("before");
            assertThat(producer.deliveryReports().poll(LONG).failure()).isNull();
            kafka.restart(leader);
            producer.produce("after");
            assertThat(producer.deliveryReports().poll(LONG).failure()).isNull();
        }
        assertThat(values("disconnected", 0)).containsExactly("before", "after");
    }

    @Test
    void aProducerThatIsThereBeforeItsBrokerDeliversOnceThatIsUp() {
        kafka.createTopic("early", 1, 3, Map.of());
        kafka.stop(1);
        try (Cluster cluster = Clusters.connect(kafka.address(1));
                Producer<String, String> producer = cluster.topic("early")
                        .producer(ProducerOptions.durable().build(), Serializers.utf8())) {
            Message<String, String> message = producer.produce("early");
            assertThat(producer.flush(Duration.ofMillis(500))).isFalse(); // it has been refused by then
            kafka.startAgain(1);
            assertThat(message.delivered()).succeedsWithin(LONG);
        }
        assertThat(values("early", 0)).containsExactly("early");
    }

    @Test
    void messagesWaitForALeaderAndOtherPartitionsDoNot() throws Exception {
        kafka.createTopic("leaderless", 3, 1, Map.of());
        int stopped = kafka.leader("leaderless", 0);
        ProducerOptions options =
                ProducerOptions.durable().deliveryTimeout(LONG).build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer = cluster.topic("leaderless").producer(options, Serializers.utf8())) {
            producer.draft("before").partition(0).produce();
            assertThat(producer.flush(LONG)).isTrue();
            kafka.stop(stopped);
            Message<String, String> waiting =
                    producer.draft("waiting").partition(0).produce();
            cluster.update().get(30, TimeUnit.SECONDS); // and it is still kept
            for (int partition = 1; partition < 3; partition++) {
                if (kafka.leader("leaderless", partition) > 0) {
                    assertThat(producer.draft("at once")
                                    .partition(partition)
                                    .produce()
                                    .delivered())
                            .succeedsWithin(LONG);
                }
            }
            assertThat(waiting.isDone()).isFalse();
            kafka.startAgain(stopped);
            assertThat(waiting.delivered().get(60, TimeUnit.SECONDS).offset()).isEqualTo(1);
        }
        assertThat(values("leaderless", 0)).containsExactly("before", "waiting");
    }

    @Test
    void retriesAsOftenAsItMayAndHoldsUpNobodyElse() throws Exception {
        kafka.createTopic("too-few-replicas", 1, 2, Map.of("min.insync.replicas", "2"));
        kafka.createTopic("enough-replicas", 1, 2, Map.of("min.insync.replicas", "1"));
        int leader = kafka.leader("too-few-replicas", 0);
        kafka.moveLeader("enough-replicas", 0, leader);
        Duration backoff = Duration.ofMillis(400);
        ProducerOptions options = ProducerOptions.builder()
                .requiredAcks(-1)
                .linger(Duration.ZERO)
                .maxRetries(2)
                .retryBackoff(backoff)
                .build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers())) {
            ProducerSession session = cluster.session(options);
            Producer<String, String> refused = session.producer(cluster.topic("too-few-replicas"), Serializers.utf8());
            Producer<String, String> other = session.producer(cluster.topic("enough-replicas"), Serializers.utf8());
            refused.produce("before");
            other.produce("before");
            assertThat(session.flush(LONG)).isTrue();
            stopTheFollowers("too-few-replicas", leader);
            long begin = System.nanoTime();
            Message<String, String> failing = refused.produce("failing");
            Message<String, String> meanwhile = other.produce("meanwhile");
            assertThat(meanwhile.delivered()).succeedsWithin(LONG);
            assertThat(failing.isDone()).isFalse(); // of the same broker, and it waits
            assertThatThrownBy(() -> failing.delivered().get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(DeliveryException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(backoff);
            DeliveryException failure = failing.failure();
            assertThat(failure.attempts()).isEqualTo(3);
            assertThat(failure.errorName()).isEqualTo("NOT_ENOUGH_REPLICAS");
            assertThat(failure.maybeWritten()).isFalse();
            assertThat(failure.isRetriable()).isTrue();
            assertThatThrownBy(session::close).hasCause(failure);
        }
    }

    private void stopTheFollowers(String topic, int leader) {
        for (int broker : kafka.brokers()) {
            if (broker != leader) {
                kafka.stop(broker);
            }
        }
        assertThat(kafka.leader(topic, 0)).isEqualTo(leader);
    }

    /** Without idempotence a batch whose answer was lost is there twice; apart from that the order is that of produce. */
    private void assertAllInOrder(Stream stream) {
        for (int partition = 0; partition < 3; partition++) {
            Set<String> firsts = new LinkedHashSet<>(values(stream.topic, partition));
            assertThat(List.copyOf(firsts)).isEqualTo(stream.produced.get(partition));
        }
    }

    private List<String> values(String topic, int partition) {
        return kafka.readAll(topic, LONG).stream()
                .filter(read -> read.partition() == partition)
                .map(ReadMessage::valueText)
                .collect(Collectors.toList());
    }

    /** A thread that produces to each partition in turn, until it is told to stop; then all must have been delivered. */
    private final class Stream {
        private static final int STEP = 200;

        final String topic;
        final List<List<String>> produced = new ArrayList<>();
        private final Cluster cluster;
        private final Producer<String, String> producer;
        private final Thread thread;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private volatile boolean stopped;
        private volatile Message<String, String> last;

        Stream(String topic, int partitions, ProducerOptions.Builder options) {
            this.topic = topic;
            this.cluster = Clusters.connect(kafka.bootstrapServers());
            this.producer = cluster.topic(topic)
                    .producer(options.maxQueuedMessages(2_000).build(), Serializers.utf8());
            for (int i = 0; i < partitions; i++) {
                produced.add(new ArrayList<>());
            }
            this.last = producer.draft("0").partition(0).produce();
            produced.get(0).add("0");
            this.thread = new Thread(() -> run(partitions), "stream");
            thread.setUncaughtExceptionHandler((ended, cause) -> failure.set(cause));
            thread.start();
        }

        private void run(int partitions) {
            for (int i = 1; !stopped; i++) {
                int partition = i % partitions;
                String value = Integer.toString(i);
                last = producer.draft(value).partition(partition).produce();
                produced.get(partition).add(value);
                if (i % STEP == 0) { // not faster than it is delivered
                    last.delivered().join();
                }
            }
        }

        /** What is handed over from now on to each partition is delivered. */
        void awaitProgress() throws Exception {
            for (int partition = 0; partition < produced.size(); partition++) {
                Message<String, String> now = last;
                now.delivered().get(60, TimeUnit.SECONDS);
                Eventually.holds("the stream goes on", () -> last != now || failure.get() != null);
                assertThat(failure.get()).isNull();
            }
        }

        void stop() throws Exception {
            stopped = true;
            thread.join(60_000);
            assertThat(failure.get()).isNull();
            assertThat(producer.flush(LONG)).isTrue();
            producer.close(); // throws if anything was not delivered
            cluster.close();
        }
    }
}
