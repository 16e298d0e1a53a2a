package dev.tubepost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.cli.CommandProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tubepost produce --embedded}: what a newcomer runs first. */
class EmbeddedIT {

    @TempDir
    private Path directory;

    @Test
    void everythingIsReadBackAndComparedAndSaid() throws Exception {
        String text = IntStream.range(0, 5_000)
                .mapToObj(i -> "key" + i % 7 + ",value " + i + "\n")
                .collect(Collectors.joining());
        Path file = Files.writeString(directory.resolve("events.txt"), text);
        Result result = new CommandProcess.Builder(directory)
                .run(
                        "produce",
                        "-t",
                        "events",
                        "--embedded",
                        "--key-delimiter",
                        ",",
                        "--header",
                        "a=b",
                        "--json",
                        file.toString());
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err().lines())
                .containsExactly(
                        "tubepost: starting a real Kafka in this process, for this run only",
                        "tubepost: read back 5,000 messages with the stock Kafka consumer: all equal");
        assertThat(Json.parse(result.lastLine()))
                .containsEntry("read_back", Map.of("messages", 5_000, "result", "equal"));
    }

    @Test
    void aKafkaThatDoesNotStartIsToldWithItsReasonsAndNothingIsRead() throws Exception {
        Result result = new CommandProcess.Builder(directory)
                .java("-Djava.io.tmpdir=" + directory.resolve("gone"))
                .input("a\n")
                .run("produce", "-t", "events", "--embedded");
        assertThat(result.exit()).as(result.err()).isEqualTo(6);
        assertThat(result.err())
                .contains("the embedded Kafka did not start", "directory", "NoSuchFileException", "gone")
                .doesNotContain("unexpectedly", "\tat ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aTopicThatItDoesNotMakeIsTold() throws Exception {
        Result result = new CommandProcess.Builder(directory)
                .input("a\n")
                .run("produce", "-t", "__cluster_metadata", "--embedded");
        assertThat(result.exit()).as(result.err()).isEqualTo(4);
        assertThat(result.err())
                .contains("the embedded Kafka did not make topic __cluster_metadata")
                .doesNotContain("unexpectedly", "\tat ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void wrongOptionsAreToldBeforeItIsStarted() throws Exception {
        Result result = new CommandProcess.Builder(directory)
                .input("a\n")
                .run("produce", "-t", "events", "--embedded", "-X", "linger.mss=5");
        assertThat(result.exit()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("linger.ms").doesNotContain("starting");
    }

    @Test
    void whatWasSentWithoutAcknowledgementIsReadBackToo() throws Exception {
        Result result = new CommandProcess.Builder(directory)
                .input("a\nb\n")
                .run("produce", "-t", "events", "--embedded", "--acks", "0", "--unacknowledged-ok", "--quiet");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("sent, not acknowledged");
    }
}
