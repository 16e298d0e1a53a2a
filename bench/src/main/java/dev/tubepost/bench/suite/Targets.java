package dev.tubepost.bench.suite;

import dev.tubepost.testkit.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** To whom the clients of all scenarios send. <em>Confined to</em> the suite's thread. */
final class Targets implements AutoCloseable {

    /** Memory that is a file system, on Linux: what is measured are clients, not disks. */
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    /** What a turn leaves in the log at most, 4 GB, and what a broker has beside that. */
    private static final long LEAST_BYTES = 5_000_000_000L;

    private final Path keys;
    private final PrintStream messages;
    private @Nullable EmbeddedKafka kafka;

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
            kafka = EmbeddedKafka.builder()
                    .processes(true)
                    .javaOptions("-Xmx1g", "-XX:TieredStopAtLevel=4")
                    .config("file.delete.delay.ms", "100")
                    .config("log.segment.bytes", Integer.toString(64 << 20))
                    .temporaryIn(place(IN_MEMORY, LEAST_BYTES, messages))
                    .start();
        }
        return kafka;
    }

    /**
     * Where the log goes: into memory, or to a disk, which is told.
     *
     * @param leastBytes that must be free there
     */
    static Path place(Path inMemory, long leastBytes, PrintStream messages) throws IOException {
        boolean isThere = Files.isDirectory(inMemory);
        long free = isThere ? Files.getFileStore(inMemory).getUsableSpace() : 0;
        if (isThere && free >= leastBytes) {
            return inMemory;
        }
        Path onDisk = Path.of(System.getProperty("java.io.tmpdir"));
        messages.println((isThere ? inMemory + " has only " + free / 1_000_000 + " MB free" : "there is no " + inMemory)
                + ": Kafka's log is in " + onDisk + ", and a disk is measured, too");
        return onDisk;
    }

    /** Something went wrong, and the broker may be why: the next run gets another one. */
    void onFailure() {
        try {
            endKafka();
        } catch (RuntimeException e) {
            messages.println("the broker did not end as it should: " + e);
        }
    }

    private void endKafka() {
        EmbeddedKafka ended = kafka;
        kafka = null;
        if (ended != null) {
            ended.close();
        }
    }

    @Override
    public void close() {
        endKafka();
    }
}
