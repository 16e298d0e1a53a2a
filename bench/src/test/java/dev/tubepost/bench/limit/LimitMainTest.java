package dev.tubepost.bench.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.bench.load.Json;
import dev.tubepost.bench.load.Values;
import dev.tubepost.bench.server.AckServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limit, against a server that looks into each batch. */
final class LimitMainTest {

    private static final int ROUNDS = 3;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({
        "1, 6, all, true, 100, 20000",
        "1, 6, 1, true, 1000, 5000",
        "1, 1, all, false, 100, 20000",
        "3, 7, all, true, 10, 50000",
        "3, 20, 1, false, 1000, 5000",
        "2, 100, all, true, 200000, 20"
    })
    void sendsSoundBatchesAndCountsWhatTheServerCounts(
            int brokers, int partitions, String acks, String idempotent, int size, int messages) throws Exception {
        try (AckServer server = AckServer.start(0, brokers, partitions, true)) {
            int status = run(
                    server,
                    "--partitions",
                    Integer.toString(partitions),
                    "--acks",
                    acks,
                    "--idempotent",
                    idempotent,
                    "--size",
                    Integer.toString(size),
                    "--messages",
                    Integer.toString(messages));
            assertThat(status).as(printed(errors)).isZero();
            assertThat(server.totals().refused()).isZero();
            assertThat(server.totals().records())
                    .isEqualTo(acknowledged())
                    .isGreaterThanOrEqualTo((long) ROUNDS * messages);
        }
    }

    @Test
    void fillsUpTheLastBatchAndNoMore() throws Exception {
        try (AckServer server = AckServer.start(0, 1, 4, true)) {
            assertThat(run(server, "--messages", "12000", "--batch-bytes", "16384"))
                    .isZero();
            int inBatch = EncodedRecords.fill(Values.lines(Values.DIFFERENT, 100), 16384)
                    .count();
            assertThat(acknowledged() % inBatch).isZero();
            assertThat(acknowledged()).isBetween(ROUNDS * 12_000L, ROUNDS * (12_000L + inBatch - 1));
        }
    }

    @Test
    void warmsUpByTimeAsTheOtherClientsDoAndSendsNoMoreThanItMay() throws Exception {
        int inBatch =
                EncodedRecords.fill(Values.lines(Values.DIFFERENT, 100), 131072).count();
        try (AckServer server = AckServer.start(0, 1, 1, true)) {
            int status = run(
                    server,
                    "--messages",
                    Integer.toString(inBatch),
                    "--warm-up-seconds",
                    "600",
                    "--warm-up-bytes",
                    Integer.toString(5 * inBatch * 100));
            assertThat(status).isZero();
            assertThat(acknowledged()).isEqualTo((5L + ROUNDS - 1) * inBatch);
        }
    }

    @Test
    void aRoundWithoutAcknowledgementsEndsWhenEverythingIsWritten() throws Exception {
        try (AckServer server = AckServer.start(0, 1, 6, true)) {
            assertThat(run(server, "--acks", "0", "--messages", "20000")).isZero();
            assertThat(acknowledged()).isGreaterThanOrEqualTo(ROUNDS * 20_000L);
            assertThat(server.totals().refused()).isZero();
        }
    }

    @Test
    void tellsWhatItGoesBy() throws Exception {
        try (AckServer server = AckServer.start(0, 2, 6, true)) {
            assertThat(run(server, "--messages", "1000")).isZero();
            assertThat(printed(out))
                    .startsWith("SETTINGS {\"acks\":\"all\",\"idempotent\":\"true\",")
                    .contains("\"batchesInRequest\":\"3\"", "\"partitions\":\"6\",\"brokers\":\"2\"")
                    .containsPattern("\nRESULT \\{\"messages_per_second\":.*,\"failed\":0}");
        }
    }

    @Test
    void refusesATopicWithOtherPartitionsThanItWasTold() throws Exception {
        try (AckServer server = AckServer.start(0, 1, 6, true)) {
            assertThatThrownBy(() -> run(server, "--partitions", "5"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has 6 partitions, not 5");
        }
    }

    @Test
    void saysWhatIsKnownWhenItIsToldSomethingElse() throws Exception {
        try (AckServer server = AckServer.start(0, 1, 1, true)) {
            assertThat(run(server, "--bogus", "1")).isEqualTo(2);
            assertThat(printed(errors)).contains("--bogus").contains("batch-bytes");
            assertThat(run(server, "--acks", "two")).isEqualTo(2);
            assertThat(printed(errors)).contains("[0, 1, all]");
        }
    }

    private int run(AckServer server, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--bootstrap", server.bootstrapServers(), "--warm-ups", "1", "--rounds", Integer.toString(ROUNDS - 1)));
        all.addAll(List.of(arguments));
        try (var toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                var toErrors = new PrintStream(errors, true, StandardCharsets.UTF_8)) {
            return LimitMain.run(all, toOut, toErrors);
        }
    }

    private long acknowledged() {
        String result = printed(out)
                .lines()
                .filter(line -> line.startsWith("RESULT "))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(Json.parse(result.substring("RESULT ".length())).get("acknowledged"));
    }

    private static String printed(ByteArrayOutputStream to) {
        return to.toString(StandardCharsets.UTF_8);
    }
}
