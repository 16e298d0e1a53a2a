package dev.tubepost.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The load loop, just so long that one sees it work. */
final class LoadLoopTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--client tubepost --acks 1 | \"partitioner\":\"RandomPartitioner\"}",
                "--client tubepost --mode post --partitioner sticky --batch-bytes 20000 | \"stickyBytes\":\"20000\"}",
                "--client tubepost --compression zstd --level 5 | \"compression\":\"zstd\",\"compressionLevel\":\"5\"",
                "--client kafka-clients --compression gzip --level 4 | \"compression.level\":\"4\"",
                "--client kafka-clients --partitioner sticky --acks 1 | \"max.request.size\":\"1048576\""
            })
    void sendsEveryMessageAndPrintsAResultAndWhatTheLiveClientGoesBy(String options, String setting) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.addAll(List.of("--callers", "2"));
        assertThat(run(arguments.toArray(String[]::new)))
                .contains("messages/s")
                .containsPattern("SETTINGS \\{.*" + Pattern.quote(setting))
                .contains("RESULT {\"messages_per_second\":");
    }

    @Test
    void eightCallersReachTenThousandPartitions() throws Exception {
        String printed = run("--client", "tubepost", "--callers", "8", "--partitions", "10000", "--messages", "80000");
        assertThat(printed).contains("\"acknowledged\":240000");
    }

    @Test
    void namesTheOptionsThatThereAre() {
        assertThatThrownBy(() -> ClientOptions.parse(ClientOptions.Task.LOAD, List.of("--bogus", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--bogus")
                .hasMessageContaining("batch-bytes");
        assertThatThrownBy(() -> ClientOptions.parse(ClientOptions.Task.LOAD, List.of("--client", "pigeon")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[tubepost, kafka-clients]");
    }

    @Test
    void refusesOptionsThatItDoesNotGoBy() {
        String[][] refused = {
            {"LOAD", "rate"}, {"LOAD", "seconds"}, {"LOAD", "observe"},
            {"LATENCY", "rounds"}, {"LATENCY", "callers"}, {"LATENCY", "mode"},
            {"START", "partitions"}, {"OPEN", "warm-ups"},
        };
        for (String[] each : refused) {
            ClientOptions.Task task = ClientOptions.Task.valueOf(each[0]);
            assertThatThrownBy(() -> ClientOptions.parse(task, List.of("--" + each[1], "1")))
                    .as(String.join(" ", each))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("--" + each[1] + ": options are");
        }
    }

    private static String run(String... arguments) throws Exception {
        List<String> all =
                new ArrayList<>(List.of("--messages", "2000", "--warm-ups", "1", "--rounds", "2", "--verify", "true"));
        all.addAll(List.of(arguments)); // the last of two counts
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            LoadLoop.run(ClientOptions.parse(ClientOptions.Task.LOAD, all), out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
