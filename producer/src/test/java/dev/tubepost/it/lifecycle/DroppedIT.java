package dev.tubepost.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.Draft;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerSession;
import dev.tubepost.it.Clusters;
import dev.tubepost.it.Eventually;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever forgets to close loses nothing that could be sent, is told so in the log, and leaves no thread (F92). */
@EmbeddedKafkaTest(shared = true)
final class DroppedIT {

    private static final Duration VERY_LONG = Duration.ofSeconds(100);

    private final EmbeddedKafka kafka;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream usual = System.err;

    DroppedIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void readTheLog() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void leaveTheLog() {
        System.setErr(usual);
    }

    @Test
    void aProducerThatIsDroppedSendsWhatItHasAndSaysSo() throws Exception {
        kafka.createTopic("dropped", 1);
        List<CompletableFuture<Message<String, String>>> reports = produceAndForget();
        collectUntil(() -> reports.stream().allMatch(CompletableFuture::isDone));
        for (CompletableFuture<Message<String, String>> report : reports) {
            assertThat(report.get(20, TimeUnit.SECONDS).offset()).isNotNegative();
        }
        assertThat(kafka.readAll("dropped")).hasSize(10);
        collectUntil(() -> ourThreads().isEmpty());
        assertThat(log.toString(StandardCharsets.UTF_8))
                .containsPattern(
                        "a producer's session was dropped without a close, with up to (1[0-9]|20) messages that have"
                                + " no outcome yet");
    }

    @Test
    void whatCannotBeSentAnyMoreIsToldInTheLog() {
        CompletableFuture<Message<String, String>> report = produceToNobodyAndForget();
        collectUntil(() -> report.isCompletedExceptionally() && ourThreads().isEmpty());
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("has left something undelivered")
                .contains("UndeliveredException");
    }

    @Test
    void aProducerKeepsItsClusterAndItsSessionAndADraftKeepsItsProducer() {
        kafka.createTopic("kept-alive", 1);
        produceAfterACollection();
        collectUntil(() -> ourThreads().isEmpty());
        assertThat(kafka.readAll("kept-alive")).hasSize(2);
    }

    private void produceAfterACollection() {
        Producer<String, String> producer = producerOfAClusterThatNobodyElseHolds();
        Draft<String, String> draft = producerOfAClusterThatNobodyElseHolds().draft("from a draft");
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        assertThat(producer.produce("value").delivered()).succeedsWithin(Duration.ofSeconds(20));
        assertThat(draft.produce().delivered()).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void whatIsClosedIsNotSpokenOf() {
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                ProducerSession session =
                        cluster.session(ProducerOptions.durable().build())) {
            kafka.createTopic("closed-well", 1);
            session.producer(cluster.topic("closed-well"), Serializers.utf8()).produce("value");
        }
        collectUntil(() -> ourThreads().isEmpty());
        System.gc();
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("dropped");
    }

    private List<CompletableFuture<Message<String, String>>> produceAndForget() {
        ProducerOptions lingering = ProducerOptions.durable().linger(VERY_LONG).build();
        Producer<String, String> producer =
                Clusters.connect(kafka.bootstrapServers()).topic("dropped").producer(lingering, Serializers.utf8());
        List<CompletableFuture<Message<String, String>>> reports = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            reports.add(producer.produce("value " + i).delivered());
        }
        return reports;
    }

    private static CompletableFuture<Message<String, String>> produceToNobodyAndForget() {
        ProducerOptions impatient = ProducerOptions.durable()
                .deliveryTimeout(Duration.ofSeconds(1))
                .ackTimeout(Duration.ofMillis(500))
                .build();
        return Cluster.connect("localhost:1")
                .topic("nobody")
                .producer(impatient, Serializers.utf8())
                .produce("value")
                .delivered();
    }

    private Producer<String, String> producerOfAClusterThatNobodyElseHolds() {
        return Clusters.connect(kafka.bootstrapServers())
                .topic("kept-alive")
                .producer(ProducerOptions.durable().build(), Serializers.utf8());
    }

    /** The garbage collector is asked again and again; it owes nobody an answer at the first time. */
    private static void collectUntil(BooleanSupplier condition) {
        Eventually.holds("what was dropped is collected", () -> {
            System.gc();
            return condition.getAsBoolean();
        });
    }

    private static List<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("tubepost-") && !name.startsWith("tubepost-embedded"))
                .toList();
    }
}
