package dev.tubepost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.cli.CommandProcess.Result;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C and SIGTERM on {@code tubepost produce}. */
class InterruptIT {

    @SuppressWarnings("NullAway.Init") // before all tests
    private static EmbeddedKafka kafka;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(1);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void theFirstInterruptStopsReadingAndSendsWhatWasRead() throws Exception {
        kafka.createTopic("first", 1);
        try (CommandProcess process =
                command().start("produce", "-t", "first", "-b", kafka.bootstrapServers(), "--json")) {
            process.standardInput().write("a\nb\nc\nhalf a line".getBytes(UTF_8));
            process.standardInput().flush();
            process.await(() -> kafka.endOffsets("first").getOrDefault(0, 0L) == 3);
            process.interrupt();
            Result result = process.await();
            assertThat(result.exit()).as(result.err()).isEqualTo(130);
            assertThat(Json.parse(result.lastLine()))
                    .containsEntry("read", Map.of("messages", 3, "bytes", 3))
                    .containsEntry("acknowledged", Map.of("messages", 3, "bytes", 3))
                    .containsEntry("interrupted", true)
                    .containsEntry("exit_code", 130);
        }
    }

    @Test
    void aTerminationDoesTheSameWithAnExitCodeOfItsOwn() throws Exception {
        kafka.createTopic("terminated", 1);
        try (CommandProcess process =
                command().start("produce", "-t", "terminated", "-b", kafka.bootstrapServers(), "--json")) {
            process.standardInput().write("a\nb\nhalf a line".getBytes(UTF_8));
            process.standardInput().flush();
            process.await(() -> kafka.endOffsets("terminated").getOrDefault(0, 0L) == 2);
            process.terminate();
            Result result = process.await();
            assertThat(result.exit()).as(result.err()).isEqualTo(143);
            assertThat(Json.parse(result.lastLine()))
                    .containsEntry("acknowledged", Map.of("messages", 2, "bytes", 2))
                    .containsEntry("interrupted", true)
                    .containsEntry("exit_code", 143);
        }
    }

    @Test
    void theSecondInterruptEndsItAtOnce() throws Exception {
        // A topic that wants one replica more than there are brokers: nothing is ever acknowledged.
        kafka.createTopic("second", 1, 1, Map.of("min.insync.replicas", "2"));
        try (CommandProcess process = command()
                .start(
                        "produce",
                        "-t",
                        "second",
                        "-b",
                        kafka.bootstrapServers(),
                        "-X",
                        "linger=1h",
                        "-X",
                        "delivery.timeout.ms=7200000")) {
            // More than a pipe holds: when all of it is written, the run is reading.
            process.standardInput().write("a\n".repeat(250_000).getBytes(UTF_8));
            process.standardInput().flush();
            process.interrupt();
            process.await(() -> process.err().contains("interrupt again"));
            assertThat(process.isAlive()).isTrue();
            process.interrupt();
            Result result = process.await();
            assertThat(result.exit()).as(result.err()).isEqualTo(130);
            assertThat(result.out()).as("no receipt").isEmpty();
        }
    }

    private CommandProcess.Builder command() {
        return new CommandProcess.Builder(directory);
    }
}
