package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite as {@code bench/run --smoke} starts it, with processes and all, on so few messages that nothing is measured. */
final class SuiteIT {

    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @Test
    void ofEveryKindEachClientHasItsTurnsAndEveryMessageArrives() throws Exception {
        List<String> names = List.of(
                "ack-100", "tls-100", "futures-keys-headers-100", "latency-2000", "slow-broker", "open-partitions");
        boolean hasLibrdkafka = Librdkafka.build(home.resolve("target").resolve("peers"));

        assertThat(run(names)).as(() -> text(out) + text(progress)).isZero();

        String json = Files.readString(home.resolve("target").resolve("bench.json"));
        assertThat(Files.readString(home.resolve("target").resolve("bench.html")))
                .contains("</html>");
        assertThat(text(out))
                .containsPattern("ack-100 settings of tubepost: requiredAcks=all, .*maxRequestSize=1048576, ")
                .containsPattern("ack-100 settings of kafka-clients: acks=-1, .*max.request.size=1048576, ");
        for (String name : names) {
            assertThat(text(progress)).contains(name + " 1/1 tubepost", name + " 1/1 kafka-clients");
            assertThat(json).contains("\"name\" : \"" + name + "\"");
        }
        assertThat(occurrences(json, "\"throughput_ratio\"")).isEqualTo(names.size() - 1); // open-partitions has none
        assertThat(occurrences(json, "\"cpu_ratio\"")).isEqualTo(names.size());
        assertThat(json).contains("\"requiredAcks\" : \"all\"", "\"acks\" : \"-1\"", "\"limit\" : {");
        assertThat(json.contains("\"librdkafka\" : {")).isEqualTo(hasLibrdkafka);
    }

    @Test
    void whatGoesWrongInOneScenarioLeavesTheOthersAsTheyAre() throws Exception {
        Files.createDirectories(home.resolve("target"));
        Files.createFile(home.resolve("target").resolve("keys")); // where a directory of keys for TLS would be made

        assertThat(run(List.of("tls-100", "start"))).isEqualTo(1);

        assertThat(text(out))
                .containsPattern("tls-100 no ratio: tubepost: .*FileAlreadyExistsException")
                .containsPattern("start +kafka-clients +first_acknowledgement_ms");
        assertThat(Files.readString(home.resolve("target").resolve("bench.json")))
                .containsPattern("\"problems\" : \\[ \"tubepost: .*FileAlreadyExistsException")
                .contains("\"name\" : \"start\"", "\"first_acknowledgement_ms\"", "\"cpu_ratio\"", "\"jars\"");
    }

    @Test
    void oursAgainstOursSaysWhetherItIsOne() throws Exception {
        Path numbers = home.resolve("not").resolve("yet").resolve("null.json");
        int status = run(List.of("start"), "--null", "--json", numbers.toString());

        // With one start of each any ratio may come out.
        assertThat(text(out))
                .containsPattern("null check: start cpu_ns_per_message [0-9.]+: (not )?within 0.95 to 1.05");
        assertThat(status).isEqualTo(text(out).contains(": not within") ? 1 : 0);
        assertThat(numbers).isNotEmptyFile();
    }

    private int run(List<String> names, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--smoke"));
        arguments.addAll(List.of(more));
        names.forEach(name -> arguments.addAll(List.of("--scenario", name)));
        try (var toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                var toProgress = new PrintStream(progress, true, StandardCharsets.UTF_8)) {
            return BenchMain.run(arguments, home, toOut, toProgress);
        }
    }

    private static int occurrences(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    private static String text(ByteArrayOutputStream of) {
        return of.toString(StandardCharsets.UTF_8);
    }
}
