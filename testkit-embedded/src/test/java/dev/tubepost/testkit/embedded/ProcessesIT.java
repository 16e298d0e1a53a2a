package dev.tubepost.testkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("broker-processes")
@EmbeddedKafkaTest(brokers = 2, processes = true, config = "broker.session.timeout.ms=1500")
final class ProcessesIT {
    private final EmbeddedKafka kafka;

    ProcessesIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void keepsDataWhenItsOnlyReplicaIsKilledAndComesBack() throws Exception {
        kafka.createTopic("killed", 1);
        var broker = kafka.leader("killed", 0);
        var address = kafka.address(broker);
        var process = ProcessHandle.of(kafka.processId(broker)).orElseThrow();
        Producing.sendNumbers(kafka, "killed", 0, 0, 100);

        kafka.kill(broker);
        assertThat(process.isAlive()).isFalse();
        assertThat(kafka.isRunning(broker)).isFalse();
        kafka.startAgain(broker);

        assertThat(kafka.address(broker)).isEqualTo(address);
        assertThat(kafka.readAll("killed")).hasSize(100);
    }

    @Test
    void electsAnotherLeaderWhenTheLeaderIsKilled() throws Exception {
        kafka.createTopic("elected", 1, 2, Map.of());
        var killed = kafka.leader("elected", 0);
        kafka.kill(killed);
        Producing.sendNumbers(kafka, "elected", 0, 0, 10);

        assertThat(kafka.leader("elected", 0)).isNotEqualTo(killed).isNotEqualTo(EmbeddedKafka.NO_LEADER);

        kafka.restartOnNewPort(killed);
        kafka.awaitInSync("elected");
        kafka.moveLeader("elected", 0, killed);
        assertThat(kafka.readAll("elected")).hasSize(10);
    }

    @Test
    void answersNothingWhilePausedAndEverythingAfterwards() throws Exception {
        kafka.createTopic("paused", 1);
        var broker = kafka.leader("paused", 0);
        Producing.sendNumbers(kafka, "paused", 0, 0, 10);

        kafka.pause(broker);
        assertThat(kafka.isRunning(broker)).isTrue();
        assertThatThrownBy(() -> kafka.readAll("paused", Duration.ofSeconds(1)))
                .isInstanceOf(EmbeddedKafkaException.class);
        kafka.resume(broker);

        assertThat(kafka.readAll("paused")).hasSize(10);
    }

    @Test
    void stopsInOrderEvenWhenPaused() {
        kafka.pause(2);
        kafka.stop(2);
        assertThat(kafka.isRunning(2)).isFalse();
        assertThatThrownBy(() -> kafka.pause(2)).hasMessageContaining("broker-2 is not running");

        kafka.startAgain(2);
        assertThat(kafka.isRunning(2)).isTrue();
        assertThat(kafka.logFile(2)).exists();
    }
}
