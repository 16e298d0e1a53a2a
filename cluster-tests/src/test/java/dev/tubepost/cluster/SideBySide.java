package dev.tubepost.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.ClusterOptions;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaBuilder;
import dev.tubepost.testkit.proxy.Direction;
import dev.tubepost.testkit.proxy.Fate;
import dev.tubepost.testkit.proxy.FaultProxy;
import dev.tubepost.testkit.proxy.Frame;
import dev.tubepost.testkit.proxy.Script;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Our producer and Apache Kafka's, in the same troubles, with the same options, before the same judge: {@code mvn verify -Pside-by-side -pl cluster-tests -am}
 * writes the table {@code cluster-tests/target/side-by-side.md}.
 */
final class SideBySide {

    private static final int BROKERS = 3;
    private static final int PARTITIONS = 6;
    private static final String LISTENER = "PROXIED";
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(10);
    private static final List<String> TABLE = new ArrayList<>();

    private static FaultProxy proxy;
    private static EmbeddedKafka kafka;

    /** What is done meanwhile. */
    @FunctionalInterface
    private interface Trouble {

        /** @return messages that are judged by nothing but their reports */
        Set<Sent> happen(String topic, Load load) throws Exception;
    }

    @BeforeAll
    static void start() {
        proxy = FaultProxy.open(BROKERS);
        EmbeddedKafkaBuilder builder = EmbeddedKafka.builder()
                .brokers(BROKERS)
                .processes(true)
                .autoCreateTopics(false)
                .listener(LISTENER, "PLAINTEXT");
        for (int broker = 1; broker <= BROKERS; broker++) {
            builder.advertise(broker, LISTENER, proxy.address(broker));
        }
        kafka = builder.start();
        proxy.forward(kafka.bootstrapServers(LISTENER));
    }

    @AfterAll
    static void end() throws IOException {
        kafka.close();
        proxy.close();
        Files.write(Path.of("target", "side-by-side.md"), TABLE);
    }

    @Test
    void eachBrokerIsKilled() throws Exception {
        compare("killed", (topic, load) -> {
            for (int broker : kafka.brokers()) {
                kafka.kill(broker);
                load.awaitMore(500);
                kafka.startAgain(broker);
                kafka.awaitInSync(topic);
            }
            return Set.of();
        });
    }

    @Test
    void aLeaderIsPaused() throws Exception {
        compare("paused", (topic, load) -> {
            int leader = kafka.leader(topic, 0);
            kafka.pause(leader);
            load.awaitMore(2_000);
            kafka.resume(leader);
            kafka.awaitInSync(topic);
            return Set.of();
        });
    }

    @Test
    void allBrokersAreGoneForLongerThanTheDeliveryTimeout() throws Exception {
        compare("gone", (topic, load) -> {
            kafka.brokers().forEach(kafka::kill);
            pass(DELIVERY_TIMEOUT.plusSeconds(5));
            kafka.brokers().forEach(kafka::startAgain);
            kafka.awaitInSync(topic);
            return Set.of();
        });
    }

    @Test
    void theTopicIsDeletedAndCreatedAgain() throws Exception {
        compare("reborn", (topic, load) -> {
            kafka.deleteTopic(topic);
            create(topic);
            load.awaitMore(500);
            return new HashSet<>(load.sent());
        });
    }

    @Test
    void repliesAreLost() throws Exception {
        compare("unanswered", throughProxy(Frame::isProduceReply, 40, Fate.drop()));
    }

    @Test
    void requestsAreHeldBeyondTheirTimeout() throws Exception {
        compare("held", throughProxy(frame -> frame.direction() == Direction.TO_BROKER, 200, hold()));
    }

    @Test
    void partitionsAreSilentForLongerThanTheDeliveryTimeout() throws Exception {
        compare("silent", (topic, load) -> {
            proxy.script(frame -> frame.isProduceReply() ? Fate.silence() : Fate.pass());
            pass(DELIVERY_TIMEOUT.plusSeconds(3));
            proxy.script(Script.PASS);
            return Set.of();
        });
    }

    @Test
    void nobodyListensAtTheStart() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        for (String who : List.of("Tubepost", "KafkaProducer")) {
            try (Client client = client(who, "127.0.0.1:" + port, "nowhere")) {
                var message = new Sent(0, 0, 0);
                long before = System.nanoTime();
                client.send(message);
                Duration call = Duration.ofNanos(System.nanoTime() - before);
                client.flush(DELIVERY_TIMEOUT.multipliedBy(2));
                row("nowhere", who, List.of(message), List.of(), call, "");
            }
        }
    }

    // ---- a comparison ----

    private static Trouble throughProxy(Predicate<Frame> which, int nth, Fate fate) {
        return (topic, load) -> {
            var frames = new AtomicInteger();
            proxy.script(frame -> which.test(frame) && frames.incrementAndGet() % nth == 0 ? fate : Fate.pass());
            try {
                load.awaitMore(5_000);
            } finally {
                proxy.script(Script.PASS);
            }
            return Set.of();
        };
    }

    private static Fate hold() {
        return Fate.hold(REQUEST_TIMEOUT.multipliedBy(3).dividedBy(2));
    }

    private static void pass(Duration time) {
        LockSupport.parkNanos(time.toNanos()); // the trouble itself, in which the callers go on
    }

    private static void create(String topic) {
        kafka.createTopic(topic, PARTITIONS, BROKERS, Map.of("min.insync.replicas", "2"));
    }

    private static void compare(String trouble, Trouble what) throws Exception {
        List<History.Problem> ours = judge(trouble, "Tubepost", what);
        judge(trouble, "KafkaProducer", what);
        assertThat(ours).isEmpty();
    }

    private static List<History.Problem> judge(String trouble, String who, Trouble what) throws Exception {
        String topic = trouble + "-" + who;
        create(topic);
        Collection<Sent> sent;
        Set<Sent> exempt = Set.of();
        String note = "";
        Load load = Load.start(client(who, proxy.bootstrapServers(), topic), PARTITIONS);
        try (load) {
            load.awaitMore(500);
            try {
                exempt = what.happen(topic, load);
                load.awaitMore(1_000);
            } catch (AssertionError e) { // it is stuck, and that is what we want to know
                note = String.valueOf(e.getMessage());
                exempt = trouble.equals("reborn") ? new HashSet<>(load.sent()) : exempt;
            }
            sent = load.finish();
        }
        List<Found> log = Topics.read(kafka, topic);
        Set<Sent> former = exempt;
        List<Sent> judged = sent.stream().filter(each -> !former.contains(each)).toList();
        List<History.Problem> problems = new ArrayList<>(History.check(History.Promise.ONCE_AND_IN_ORDER, judged, log));
        problems.addAll(History.check(History.Promise.REPORTED, former, log));
        row(trouble, who, sent, problems, load.longestCall(), note);
        return problems;
    }

    private static Client client(String who, String bootstrapServers, String topic) {
        if (who.equals("KafkaProducer")) {
            return new StockClient(
                    bootstrapServers,
                    topic,
                    Map.of(
                            "acks",
                            "all",
                            "enable.idempotence",
                            true,
                            "linger.ms",
                            5,
                            "batch.size",
                            4_096,
                            "request.timeout.ms",
                            (int) REQUEST_TIMEOUT.toMillis(),
                            "delivery.timeout.ms",
                            (int) DELIVERY_TIMEOUT.toMillis()));
        }
        ClusterOptions cluster = ClusterOptions.builder(bootstrapServers)
                .requestTimeout(REQUEST_TIMEOUT)
                .allowAutoTopicCreation(false)
                .build();
        ProducerOptions options = ProducerOptions.durable()
                .linger(Duration.ofMillis(5))
                .batchBytes(4_096)
                .ackTimeout(REQUEST_TIMEOUT.dividedBy(2))
                .deliveryTimeout(DELIVERY_TIMEOUT)
                .build();
        return new TubepostClient(cluster, topic, options);
    }

    /** A line of the table. */
    private static synchronized void row(
            String trouble,
            String who,
            Collection<Sent> sent,
            List<History.Problem> problems,
            Duration longestCall,
            String note) {
        long delivered = sent.stream().filter(Sent::isDelivered).count();
        if (TABLE.isEmpty()) {
            TABLE.add(
                    "| trouble | producer | acknowledged | failed | lost | twice | out of order | untrue | reports missing or doubled"
                            + " | longest call | note |\n|---|---|---|---|---|---|---|---|---|---|---|");
        }
        TABLE.add("| " + trouble + " | " + who + " | " + delivered + " | " + (sent.size() - delivered) + " | "
                + count(problems, History.Broken.LOST) + " | " + count(problems, History.Broken.TWICE) + " | "
                + count(problems, History.Broken.DISORDER) + " | " + count(problems, History.Broken.UNTRUE) + " | "
                + count(problems, History.Broken.REPORTS) + " | " + longestCall.toMillis() + " ms | " + note + " |");
    }

    private static long count(List<History.Problem> problems, History.Broken broken) {
        return problems.stream().filter(problem -> problem.broken() == broken).count();
    }
}
