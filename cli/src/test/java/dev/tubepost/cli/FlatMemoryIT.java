package dev.tubepost.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.cli.CommandProcess.Result;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small heap is enough for an input of any size. {@code cli/flat-memory.sh} does the same with 2 GB. */
class FlatMemoryIT {

    private static final int MEGABYTES = Integer.getInteger("tubepost.test.megabytes", 300);
    private static final int LINE_BYTES = 100;
    private static final int LINES_A_MEGABYTE = 10_000;

    @TempDir
    private Path directory;

    @Test
    void hundredsOfMegabytesPassThrough64() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder()
                .config("log.retention.bytes", "50000000")
                .config("log.segment.bytes", "20000000")
                .start()) {
            kafka.createTopic("big", 2);
            CommandProcess.Builder command = new CommandProcess.Builder(directory).java("-Xmx64m");
            try (CommandProcess process =
                    command.start("produce", "-t", "big", "-b", kafka.bootstrapServers(), "--json")) {
                write(process.standardInput());
                Result result = process.await();
                assertThat(result.exit()).as(result.err()).isZero();
                int lines = MEGABYTES * LINES_A_MEGABYTE;
                assertThat(Json.parse(result.lastLine()))
                        .containsEntry("acknowledged", Map.of("messages", lines, "bytes", lines * (LINE_BYTES - 1)));
            }
        }
    }

    private static void write(OutputStream out) throws Exception {
        byte[] megabyte =
                ("x".repeat(LINE_BYTES - 1) + "\n").repeat(LINES_A_MEGABYTE).getBytes(US_ASCII);
        try (out) {
            for (int i = 0; i < MEGABYTES; i++) {
                out.write(megabyte);
            }
        }
    }
}
