package dev.tubepost.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerSession;
import dev.tubepost.ProducerStoppedException;
import dev.tubepost.StopResult;
import dev.tubepost.it.Clusters;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several producers of one session: each stops and closes for itself, and the session stops and starts them all. */
@EmbeddedKafkaTest(shared = true)
final class SessionStopIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration VERY_LONG = Duration.ofSeconds(100);

    private static Cluster cluster;

    private final EmbeddedKafka kafka;

    SessionStopIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @BeforeAll
    static void connect(EmbeddedKafka kafka) {
        cluster = Clusters.connect(kafka.bootstrapServers());
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    void stoppingOneProducerOfASessionLeavesTheOthersRunning() {
        kafka.createTopic("one-of-two", 1);
        kafka.createTopic("two-of-two", 1);
        ProducerOptions options = ProducerOptions.builder().linger(VERY_LONG).build();
        try (ProducerSession session = cluster.session(options)) {
            Producer<String, String> one = session.producer(cluster.topic("one-of-two"), Serializers.utf8());
            Producer<String, String> two = session.producer(cluster.topic("two-of-two"), Serializers.utf8());
            one.produce("value");
            assertThat(one.stop()).isEqualTo(new StopResult(1, 0, 0));
            assertThatThrownBy(() -> one.produce("never")).isInstanceOf(ProducerStoppedException.class);
            two.produce("value");
            assertThat(session.stop(LONG)).isEqualTo(new StopResult(1, 0, 0));
            assertThatThrownBy(() -> two.produce("never")).isInstanceOf(ProducerStoppedException.class);
        }
        assertThat(kafka.readAll("one-of-two")).hasSize(1);
        assertThat(kafka.readAll("two-of-two")).hasSize(1);
    }

    @Test
    void aStoppedSessionStartsAgainWithTheProducersThatWereNotStoppedThemselves() {
        kafka.createTopic("again-one", 1);
        kafka.createTopic("again-two", 1);
        try (ProducerSession session = cluster.session(ProducerOptions.durable().build())) {
            Producer<String, String> one = session.producer(cluster.topic("again-one"), Serializers.utf8());
            Producer<String, String> two = session.producer(cluster.topic("again-two"), Serializers.utf8());
            one.stop();
            session.stop(LONG);
            assertThatThrownBy(one::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("start the session");
            session.start();
            two.produce("goes on");
            assertThatThrownBy(() -> one.produce("never")).isInstanceOf(ProducerStoppedException.class);
            one.start();
            one.produce("goes on, too");
        }
        assertThat(kafka.readAll("again-one")).hasSize(1);
        assertThat(kafka.readAll("again-two")).hasSize(1);
    }

    @Test
    void oneOfSeveralProducersThatIsClosedStaysClosed() {
        kafka.createTopic("closed-one", 1);
        try (ProducerSession session = cluster.session(ProducerOptions.durable().build())) {
            Producer<String, String> one = session.producer(cluster.topic("closed-one"), Serializers.utf8());
            Producer<String, String> other = session.producer(cluster.topic("closed-one"), Serializers.utf8());
            one.produce("value");
            one.close();
            assertThatThrownBy(() -> one.produce("never"))
                    .isInstanceOf(ProducerStoppedException.class)
                    .hasMessageContaining("closed");
            assertThatThrownBy(one::start).isInstanceOf(IllegalStateException.class);
            one.close(); // has no effect
            other.produce("goes on");
        }
        assertThat(kafka.readAll("closed-one")).hasSize(2);
    }
}
