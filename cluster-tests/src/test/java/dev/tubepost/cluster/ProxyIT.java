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
import dev.tubepost.testkit.proxy.Line;
import dev.tubepost.testkit.proxy.Script;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real brokers behind a network that fails: what a broker has, it has once, and in order, and each report is true. */
final class ProxyIT {

    private static final int BROKERS = 3;
    private static final int PARTITIONS = 6;
    private static final String LISTENER = "PROXIED";

    /** How often something is to go wrong, and how many messages are to be acknowledged meanwhile, at least. */
    private static final int STRIKES = 5 * Integer.getInteger("cluster.rounds", 1);

    private static final int MESSAGES = 200 * STRIKES;

    private static FaultProxy proxy;
    private static EmbeddedKafka kafka;

    private final AtomicInteger frames = new AtomicInteger();
    private final AtomicInteger struck = new AtomicInteger();

    @BeforeAll
    static void start() {
        proxy = FaultProxy.open(BROKERS);
        EmbeddedKafkaBuilder builder = EmbeddedKafka.builder().brokers(BROKERS).listener(LISTENER, "PLAINTEXT");
        for (int broker = 1; broker <= BROKERS; broker++) {
            builder.advertise(broker, LISTENER, proxy.address(broker));
        }
        kafka = builder.start();
        proxy.forward(kafka.bootstrapServers(LISTENER));
    }

    @AfterAll
    static void end() {
        kafka.close();
        proxy.close();
    }

    @Test
    void repliesAreSwallowed() throws Exception {
        keepsItsPromises("swallowed", frame -> frame.isProduceReply() && everyNth(40) ? Fate.drop() : Fate.pass());
    }

    @Test
    void requestsAreCutOffInTheirMidst() throws Exception {
        keepsItsPromises(
                "cut", frame -> frame.isProduce() && everyNth(40) ? Fate.truncate(someOf(frame)) : Fate.pass());
    }

    @Test
    void repliesAreCutOffInTheirMidst() throws Exception {
        keepsItsPromises(
                "answered",
                frame -> frame.isProduceReply() && everyNth(40) ? Fate.truncate(someOf(frame)) : Fate.pass());
    }

    @Test
    void connectionsFallSilentInEitherDirection() throws Exception {
        keepsItsPromises(
                "silent",
                frame -> (frame.isProduce() || frame.isProduceReply()) && everyNth(101) ? Fate.silence() : Fate.pass());
    }

    @Test
    void requestsAreHeldForLongerThanTheyMayTakeAndArriveAllTheSame() throws Exception {
        keepsItsPromises(
                "held",
                frame -> frame.direction() == Direction.TO_BROKER && everyNth(60)
                        ? Fate.hold(Duration.ofMillis(1_500))
                        : Fate.pass());
    }

    @Test
    void theLineIsLongAndNarrow() throws Exception {
        proxy.line(new Line(Duration.ofMillis(20), 200_000));
        try {
            keepsItsPromises("narrow", frame -> {
                struck.incrementAndGet();
                return Fate.pass();
            });
        } finally {
            proxy.line(Line.GOOD);
        }
    }

    /** With an odd number and both directions, requests and replies take turns. */
    private boolean everyNth(int nth) {
        boolean strikes = frames.incrementAndGet() % nth == 0;
        if (strikes) {
            struck.incrementAndGet();
        }
        return strikes;
    }

    /** Another part of a frame each time: from nothing to all but a byte. */
    private int someOf(Frame frame) {
        return frames.get() * 31 % frame.bytes();
    }

    private void keepsItsPromises(String topic, Script script) throws Exception {
        kafka.createTopic(topic, PARTITIONS, BROKERS, Map.of("min.insync.replicas", "2"));
        ClusterOptions cluster = ClusterOptions.builder(proxy.bootstrapServers())
                .requestTimeout(Duration.ofSeconds(1))
                .build();
        ProducerOptions options = ProducerOptions.durable()
                .ackTimeout(Duration.ofMillis(500))
                .batchBytes(4_096)
                .build();
        Collection<Sent> sent;
        try (Load load = Load.start(new TubepostClient(cluster, topic, options), PARTITIONS)) {
            load.awaitMore(100);
            proxy.script(script);
            load.awaitMore(MESSAGES);
            while (struck.get() < STRIKES) {
                load.awaitMore(MESSAGES / 10);
            }
            proxy.script(Script.PASS);
            load.awaitMore(100);
            sent = load.finish();
        } finally {
            proxy.script(Script.PASS);
        }
        assertThat(History.check(History.Promise.ONCE_AND_IN_ORDER, sent, Topics.read(kafka, topic)))
                .isEmpty();
        assertThat(sent).allMatch(Sent::isDelivered);
    }
}
