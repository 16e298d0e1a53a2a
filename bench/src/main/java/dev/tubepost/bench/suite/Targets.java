package dev.tubepost.bench.suite;

import dev.tubepost.testkit.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** To whom the clients of all scenarios send. <em>Confined to</em> the suite's thread. */
final class Targets implements AutoCloseable {

    /** Memory that is a file system, on Linux: what is measured are clients, not disks. */
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private static final String PREFIX = "tubepost-bench-";

    private final Path keys;
    private final PrintStream messages;
    private @Nullable EmbeddedKafka kafka;
    private @Nullable Path directory;

    /**
     * @param keys where keys for TLS are kept
     * @param messages for whom is told what is not as it should be
     */
    Targets(Path keys, PrintStream messages) {
        this.keys = keys;
        this.messages = messages;
    }

    /** A place for one run of a scenario. A broker does not stay beside those that do without: one that idles takes a core's percent, in bursts. */
    Served serve(Scenario scenario) throws IOException {
        if (scenario.target() != Scenario.Target.KAFKA) {
            endKafka();
        }
        return switch (scenario.target()) {
            case ACKNOWLEDGE_ONLY -> new AckServed(scenario, keys);
            case KAFKA -> new KafkaServed(kafka(), scenario.option("partitions", 6));
        };
    }

    /** Whether a broker is started for the scenario, since there is none. */
    boolean startsKafka(Scenario scenario) {
        return scenario.target() == Scenario.Target.KAFKA && kafka == null;
    }

    /** One broker for scenarios that follow each other, started when it is first needed, with the flags of a server and not of a test. */
    private EmbeddedKafka kafka() throws IOException {
        if (kafka == null) {
            directory = directory(IN_MEMORY, messages);
            kafka = EmbeddedKafka.builder()
                    .processes(true)
                    .javaOptions("-Xmx1g", "-XX:TieredStopAtLevel=4")
                    .config("file.delete.delay.ms", "100")
                    .config("log.segment.bytes", Integer.toString(64 << 20))
                    .directory(directory)
                    .start();
        }
        return kafka;
    }

    /** A fresh directory for the log: in memory, or on a disk, which is told. */
    static Path directory(Path inMemory, PrintStream messages) throws IOException {
        if (Files.isDirectory(inMemory)) {
            return Files.createTempDirectory(inMemory, PREFIX);
        }
        Path onDisk = Files.createTempDirectory(PREFIX);
        messages.println("there is no " + inMemory + ": Kafka's log is in " + onDisk + ", and a disk is measured, too");
        return onDisk;
    }

    /** Something went wrong, and the broker may be why: the next run gets another one. */
    void onFailure() {
        try {
            endKafka();
        } catch (IOException | RuntimeException e) {
            messages.println("the broker did not end as it should: " + e);
        }
    }

    private void endKafka() throws IOException {
        EmbeddedKafka ended = kafka;
        Path left = directory;
        kafka = null;
        directory = null;
        try {
            if (ended != null) {
                ended.close();
            }
        } finally {
            if (left != null) {
                delete(left);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        endKafka();
    }
}
