package dev.tubepost.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Three real brokers and an idempotent producer under load: nothing lost, nothing twice, nothing out of order, every report true. */
@EmbeddedKafkaTest(brokers = 3, processes = true)
final class ClusterIT {

    private static final int PARTITIONS = 6;

    /** How often each trouble happens while the load goes on. */
    private static final int ROUNDS = Integer.getInteger("cluster.rounds", 1);

    private final EmbeddedKafka kafka;

    ClusterIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    /** What is done to the brokers meanwhile. */
    private interface Trouble {
        void happen(Load load) throws Exception;
    }

    @Test
    void brokersAreKilledAndComeBack() throws Exception {
        keepsItsPromises("killed", load -> {
            for (int broker : kafka.brokers()) {
                kafka.kill(broker);
                load.awaitMore(500);
                kafka.startAgain(broker);
                kafka.awaitInSync("killed");
            }
        });
    }

    @Test
    void brokersAreRestartedInTurn() throws Exception {
        keepsItsPromises("rolled", load -> {
            for (int broker : kafka.brokers()) {
                kafka.restart(broker);
                kafka.awaitInSync("rolled");
            }
        });
    }

    @Test
    void aLeaderIsPausedForLongerThanARequestMayTake() throws Exception {
        keepsItsPromises("paused", load -> {
            int leader = kafka.leader("paused", 0);
            kafka.pause(leader);
            load.awaitMore(500);
            kafka.resume(leader);
            kafka.awaitInSync("paused");
            load.awaitMore(500);
        });
    }

    @Test
    void leadersMoveToAndFro() throws Exception {
        keepsItsPromises("moved", load -> {
            for (int round = 0; round < 6; round++) {
                int partition = round % PARTITIONS;
                int leader = kafka.leader("moved", partition);
                kafka.moveLeader("moved", partition, leader % 3 + 1);
                load.awaitMore(200);
            }
        });
    }

    @Test
    void allBrokersAreGoneForAWhile() throws Exception {
        keepsItsPromises("gone", load -> {
            for (int broker : kafka.brokers()) {
                kafka.kill(broker);
            }
            LockSupport.parkNanos(2_000_000_000L); // the outage itself, in which the callers go on
            for (int broker : kafka.brokers()) {
                kafka.startAgain(broker);
            }
            kafka.awaitInSync("gone");
            load.awaitMore(500);
        });
    }

    private void keepsItsPromises(String topic, Trouble trouble) throws Exception {
        kafka.createTopic(topic, PARTITIONS, 3, Map.of("min.insync.replicas", "2"));
        ProducerOptions options = ProducerOptions.durable().batchBytes(4_096).build();
        Collection<Sent> sent;
        try (Load load = Load.start(kafka.bootstrapServers(), topic, PARTITIONS, options)) {
            load.awaitMore(500);
            for (int round = 0; round < ROUNDS; round++) {
                trouble.happen(load);
            }
            sent = load.finish();
        }
        assertThat(History.check(History.Promise.ONCE_AND_IN_ORDER, sent, Topics.read(kafka, topic)))
                .isEmpty();
        assertThat(sent).hasSizeGreaterThan(1_000).allMatch(Sent::isDelivered);
    }
}
