package dev.tubepost.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The load loop, just so long that one sees it work. */
final class LoadLoopTest {

    @ParameterizedTest
    @CsvSource({
        "tubepost, handles, random, 1",
        "tubepost, post, sticky, all",
        "kafka-clients, handles, random, all",
        "kafka-clients, handles, sticky, 1"
    })
    void sendsEveryMessageAndPrintsAResult(String client, String mode, String partitioner, String acks)
            throws Exception {
        String printed =
                run("--client", client, "--mode", mode, "--callers", "2", "--partitioner", partitioner, "--acks", acks);
        assertThat(printed).contains("messages/s").contains("SETTINGS {").contains("RESULT {\"messages_per_second\":");
    }

    @Test
    void theStickyPartitionerStaysForABatchAsTheOtherClientsDoes() throws Exception {
        assertThat(run("--client", "tubepost", "--partitioner", "sticky", "--batch-bytes", "20000"))
                .contains("\"partitioner\":\"StickyPartitioner\",\"stickyBytes\":\"20000\"");
    }

    @Test
    void levelsAreReadBackFromTheLiveClients() throws Exception {
        assertThat(run("--client", "tubepost", "--compression", "zstd", "--level", "5"))
                .contains("\"compression\":\"zstd\",\"compressionLevel\":\"5\"");
        assertThat(run("--client", "kafka-clients", "--compression", "gzip", "--level", "4"))
                .contains("\"compression.type\":\"gzip\"", "\"compression.level\":\"4\"");
        assertThat(run("--client", "kafka-clients")).doesNotContain("compression.level");
    }

    @Test
    void eightCallersReachTenThousandPartitions() throws Exception {
        String printed = run("--client", "tubepost", "--callers", "8", "--partitions", "10000", "--messages", "80000");
        assertThat(printed).contains("\"acknowledged\":240000");
    }

    @Test
    void namesTheOptionsThatThereAre() {
        assertThatThrownBy(() -> ClientOptions.parse(List.of("--bogus", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--bogus")
                .hasMessageContaining("batch-bytes");
        assertThatThrownBy(() -> ClientOptions.parse(List.of("--client", "pigeon")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[tubepost, kafka-clients]");
    }

    private static String run(String... arguments) throws Exception {
        List<String> all =
                new ArrayList<>(List.of("--messages", "2000", "--warm-ups", "1", "--rounds", "2", "--verify", "true"));
        all.addAll(List.of(arguments)); // the last of two counts
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            LoadLoop.run(ClientOptions.parse(all), out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
