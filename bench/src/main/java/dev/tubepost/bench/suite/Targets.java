package dev.tubepost.bench.suite;

import dev.tubepost.testkit.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** To whom the clients of all scenarios send. <em>Confined to</em> the suite's thread. */
final class Targets implements AutoCloseable {

    /** Memory that is a file system, on Linux: what is measured are clients, not disks. */
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private final Path keys;
    private @Nullable EmbeddedKafka kafka;
    private @Nullable Path directory;

    /** @param keys where keys for TLS are kept */
    Targets(Path keys) {
        this.keys = keys;
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
            directory = Files.isDirectory(IN_MEMORY)
                    ? Files.createTempDirectory(IN_MEMORY, "tubepost-bench-")
                    : Files.createTempDirectory("tubepost-bench-");
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

    private void endKafka() throws IOException {
        if (kafka != null) {
            kafka.close();
            kafka = null;
        }
        if (directory != null) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
            directory = null;
        }
    }

    @Override
    public void close() throws IOException {
        endKafka();
    }
}
