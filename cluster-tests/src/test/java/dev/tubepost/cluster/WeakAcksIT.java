package dev.tubepost.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is promised with fewer acknowledgements: one report each, and a true one; what a leader takes along when it dies is lost. */
@EmbeddedKafkaTest(brokers = 3, processes = true)
final class WeakAcksIT {

    private static final int PARTITIONS = 6;

    /** How often a leader is killed. */
    private static final int ROUNDS = Integer.getInteger("cluster.rounds", 1);

    private final EmbeddedKafka kafka;

    WeakAcksIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void withOneAcknowledgementEachReportIsTrueWhenALeaderDies() throws Exception {
        Collection<Sent> sent = killLeaders("acks-one", 1);
        assertThat(History.check(History.Promise.REPORTED, sent, Topics.read(kafka, "acks-one")))
                .isEmpty();
    }

    @Test
    void withoutAcknowledgementsEachMessageIsReportedOnceWhenALeaderDies() throws Exception {
        Collection<Sent> sent = killLeaders("acks-none", 0);
        assertThat(History.check(History.Promise.REPORTED, sent, Topics.read(kafka, "acks-none")))
                .isEmpty();
    }

    private Collection<Sent> killLeaders(String topic, int acks) throws Exception {
        kafka.createTopic(topic, PARTITIONS, 3, Map.of());
        ProducerOptions options =
                ProducerOptions.durable().requiredAcks(acks).batchBytes(4_096).build();
        try (Load load = Load.start(kafka.bootstrapServers(), topic, PARTITIONS, options)) {
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitMore(500);
                int leader = kafka.leader(topic, round % PARTITIONS);
                kafka.kill(leader);
                load.awaitMore(500);
                kafka.startAgain(leader);
                kafka.awaitInSync(topic);
            }
            load.awaitMore(500);
            return load.finish();
        }
    }
}
