package dev.tubepost.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose disk is full: it gives up, others lead, and it comes back when there is room. Only root may mount the small disk, so {@code mvn verify -Pcluster} has it, and {@code mvn verify} does not. */
final class DiskFull {

    private static final int PARTITIONS = 6;
    private static final int FULL = 2;
    private static final int MEBIBYTES = 48;
    private static final String TOPIC = "full";

    @TempDir
    private Path directory;

    @Test
    void aLeadersDiskIsFull() throws Exception {
        Path mountPoint = Files.createDirectories(directory.resolve("broker-" + FULL));
        try (var disk = SmallDisk.mount(mountPoint, MEBIBYTES);
                var kafka = EmbeddedKafka.builder()
                        .brokers(3)
                        .processes(true)
                        .directory(directory)
                        .start()) {
            keepsItsPromises(kafka, disk);
        }
    }

    private static void keepsItsPromises(EmbeddedKafka kafka, SmallDisk disk) throws Exception {
        kafka.createTopic(TOPIC, PARTITIONS, 3, Map.of("min.insync.replicas", "2"));
        ProducerOptions options = ProducerOptions.durable().batchBytes(4_096).build();
        Collection<Sent> sent;
        try (Load load = Load.start(kafka.bootstrapServers(), TOPIC, PARTITIONS, options)) {
            load.awaitMore(500);
            kafka.moveLeader(TOPIC, 0, FULL);
            disk.fill();
            while (kafka.leader(TOPIC, 0) == FULL) {
                load.awaitMore(100);
            }
            load.awaitMore(500);
            disk.makeRoom();
            kafka.kill(FULL); // what is left of a broker that has given up its only disk
            kafka.startAgain(FULL);
            kafka.awaitInSync(TOPIC);
            load.awaitMore(500);
            sent = load.finish();
        }
        assertThat(History.check(History.Promise.ONCE_AND_IN_ORDER, sent, Topics.read(kafka, TOPIC)))
                .isEmpty();
        assertThat(sent).allMatch(Sent::isDelivered);
    }
}
