package dev.tubepost.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that stands still for longer than all its timeouts, as in a long collection of garbage or on a host that sleeps. */
@EmbeddedKafkaTest(brokers = 3)
final class PausedClientIT {

    private static final int PARTITIONS = 6;
    private static final int ROUNDS = Integer.getInteger("cluster.rounds", 1);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final EmbeddedKafka kafka;

    @TempDir
    private Path directory;

    PausedClientIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void goesOnWithoutLossWithoutDuplicatesAndInOrder() throws Exception {
        kafka.createTopic("frozen", PARTITIONS, 3, Map.of("min.insync.replicas", "2"));
        Collection<Sent> sent;
        try (LoadProcess load = LoadProcess.start(kafka.bootstrapServers(), "frozen", PARTITIONS, TIMEOUT, directory)) {
            load.awaitMore(500);
            for (int round = 0; round < ROUNDS; round++) {
                load.pause();
                LockSupport.parkNanos(TIMEOUT.plusSeconds(1).toNanos()); // the standstill itself
                load.resume();
                load.awaitMore(500);
            }
            sent = load.finish();
        }
        assertThat(sent).hasSizeGreaterThan(1_000);
        assertThat(History.check(History.Promise.ONCE_AND_IN_ORDER, sent, Topics.read(kafka, "frozen")))
                .isEmpty();
    }
}
