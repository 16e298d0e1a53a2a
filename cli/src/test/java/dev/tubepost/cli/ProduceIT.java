package dev.tubepost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.cli.CommandProcess.Result;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tubepost produce} as a process against a real Kafka. */
class ProduceIT {

    @SuppressWarnings("NullAway.Init") // before all tests
    private static EmbeddedKafka kafka;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.builder().autoCreateTopics(false).start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void everyLineArrivesOnceAndInOrderAndTheReceiptSaysWhere() throws Exception {
        kafka.createTopic("lines", 3);
        String text = numbers(10_000);
        Result result = command().input(text).run("produce", "-t", "lines", "-b", servers());
        assertThat(result.exit()).as(result.err()).isZero();
        List<ReadMessage> found = kafka.readAll("lines");
        assertThat(found.stream().map(ProduceIT::value))
                .hasSize(10_000)
                .containsExactlyInAnyOrderElementsOf(text.lines().toList());
        for (int partition = 0; partition < 3; partition++) {
            assertThat(valuesIn(found, partition)).isSortedAccordingTo((a, b) -> Integer.compare(number(a), number(b)));
        }
        assertThat(result.out())
                .contains("topic lines")
                .containsPattern("read +10,000 +48,890\n")
                .containsPattern("acknowledged +10,000 +48,890\n")
                .containsPattern("failed +0 +0\n")
                .containsPattern("0 +3,33\\d +0\\.\\.333\\d\n")
                .containsPattern("latency p50 [0-9.]+ ms, p99 [0-9.]+ ms");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void theReceiptIsOneJsonObjectOnTheLastLine() throws Exception {
        kafka.createTopic("json", 1);
        Path file = Files.writeString(directory.resolve("a.txt"), "a\nbb\n\nccc");
        Result result = command().run("produce", "-t", "json", "-b", servers(), "--json", file.toString());
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Json.parse(result.lastLine()))
                .containsEntry("topic", "json")
                .containsEntry("read", Map.of("messages", 4, "bytes", 6))
                .containsEntry("acknowledged", Map.of("messages", 4, "bytes", 6))
                .containsEntry("failed", Map.of("messages", 0, "bytes", 0))
                .containsEntry(
                        "partitions",
                        List.of(Map.of("partition", 0, "messages", 4, "first_offset", 0, "last_offset", 3)))
                .containsEntry("interrupted", false)
                .containsEntry("exit_code", 0);
        assertThat(kafka.readAll("json").stream().map(ProduceIT::value)).containsExactly("a", "bb", "", "ccc");
    }

    @Test
    void keysTombstonesAndHeadersArriveAsTheyAre() throws Exception {
        kafka.createTopic("keyed", 4);
        Result result = command()
                .input("k1:v1\nk2:NULL\nno key\nk3:\nNULL:v4\nk1:v5\n")
                .run(
                        "produce",
                        "-t",
                        "keyed",
                        "-b",
                        servers(),
                        "--key-delimiter",
                        ":",
                        "--null-marker",
                        "NULL",
                        "--header",
                        "source=test",
                        "--header",
                        "empty=",
                        "--compression",
                        "gzip");
        assertThat(result.exit()).as(result.err()).isZero();
        List<ReadMessage> found = kafka.readAll("keyed");
        assertThat(found.stream().map(each -> each.keyText() + "=" + each.valueText()))
                .containsExactlyInAnyOrder("k1=v1", "k2=null", "null=no key", "k3=", "null=v4", "k1=v5");
        assertThat(found).allSatisfy(each -> assertThat(each.headers()).hasToString("[source=test, empty=]"));
        assertThat(found.stream().filter(each -> "k1".equals(each.keyText())).map(ReadMessage::partition))
                .as("the same key, the same partition")
                .containsOnly(partitionOf("k1", found));
    }

    @Test
    void allMessagesGoToThePartitionThatWasNamed() throws Exception {
        kafka.createTopic("pinned", 3);
        Result result = command().input("a\nb\nc\n").run("produce", "-t", "pinned", "-b", servers(), "-p", "2");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(valuesIn(kafka.readAll("pinned"), 2)).containsExactly("a", "b", "c");
    }

    @Test
    void aPartitionThatTheTopicDoesNotHaveIsToldBeforeAnythingIsReadOrWritten() throws Exception {
        kafka.createTopic("three", 3);
        Path rejects = Files.writeString(directory.resolve("rejects.jsonl"), "of an earlier run");
        Result result = command()
                .input("a\nb\nc\n")
                .run("produce", "-t", "three", "-b", servers(), "-p", "3", "--rejects", rejects.toString());
        assertThat(result.exit()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("tubepost: --partition 3: topic three has 3 partitions, counted from 0\n");
        assertThat(result.out()).isEmpty();
        assertThat(rejects).hasContent("of an earlier run");
        assertThat(kafka.readAll("three")).isEmpty();
    }

    @Test
    void aLineThatIsTooLargeFailsAloneAndIsInTheRejects() throws Exception {
        kafka.createTopic("large", 1);
        Path rejects = directory.resolve("rejects.jsonl");
        Result result = command()
                .input("a\n" + "x".repeat(5_000) + "\nb\n" + "y".repeat(5_000_000) + "\nc\n")
                .run(
                        "produce",
                        "-t",
                        "large",
                        "-b",
                        servers(),
                        "-X",
                        "max_request_size=2000",
                        "--json",
                        "--rejects",
                        rejects.toString());
        assertThat(result.exit()).as(result.err()).isEqualTo(3);
        assertThat(kafka.readAll("large").stream().map(ProduceIT::value)).containsExactly("a", "b", "c");
        List<String> lines = Files.readAllLines(rejects);
        assertThat(lines).hasSize(2);
        assertThat(Json.parse(lines.get(0)))
                .containsEntry("error", "MessageTooLarge")
                .containsEntry("line", 2)
                .containsEntry("value", "x".repeat(5_000));
        assertThat(Json.parse(lines.get(1)))
                .containsEntry("line", 4)
                .containsEntry("bytes", 5_000_000)
                .containsEntry("truncated", true);
        assertThat(Json.parse(result.lastLine()))
                .containsEntry("acknowledged", Map.of("messages", 3, "bytes", 3))
                .containsEntry("failed", Map.of("messages", 2, "bytes", 5_005_000));
    }

    @Test
    void rejectsThatCannotBeWrittenAreToldBeforeAnythingIsRead() throws Exception {
        kafka.createTopic("unwritten", 1);
        String nowhere = directory.resolve("gone").resolve("rejects").toString();
        Result result = command().input("a\n").run("produce", "-t", "unwritten", "-b", servers(), "--rejects", nowhere);
        assertThat(result.exit()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("--rejects " + nowhere + ": cannot be written", "NoSuchFile");
        assertThat(kafka.readAll("unwritten")).isEmpty();
    }

    @Test
    void rejectsThatFoundNoRoomAreNotSaidToBeThere() throws Exception {
        kafka.createTopic("full", 1);
        Result result = command()
                .input("a\n" + "x".repeat(5_000) + "\n")
                .run("produce", "-t", "full", "-b", servers(), "-X", "max_request_size=2000", "--rejects", "/dev/full");
        assertThat(result.exit()).as(result.err()).isEqualTo(3);
        assertThat(result.err())
                .startsWith("tubepost: not all of the 1 failed messages are in /dev/full: ")
                .hasLineCount(1);
    }

    @Test
    void rejectsNeverEmptyTheInput() throws Exception {
        kafka.createTopic("apart", 1);
        Path input = Files.writeString(directory.resolve("input.txt"), "a\nb\n");
        Path link = Files.createSymbolicLink(directory.resolve("link"), input);
        Result named = command()
                .run("produce", "-t", "apart", "-b", servers(), "--rejects", link.toString(), input.toString());
        assertThat(named.exit()).as(named.err()).isEqualTo(2);
        assertThat(named.err()).contains("--rejects " + link + ": is also read, as " + input);
        Result redirected =
                command().input(input).run("produce", "-t", "apart", "-b", servers(), "--rejects", input.toString());
        assertThat(redirected.exit()).as(redirected.err()).isEqualTo(2);
        assertThat(redirected.err()).contains("is also read, as standard input");
        assertThat(input).hasContent("a\nb\n");
        assertThat(kafka.readAll("apart")).isEmpty();
    }

    @Test
    void sentIsNeverCalledAcknowledged() throws Exception {
        kafka.createTopic("sent", 1);
        Result plain = command().input("a\nb\n").run("produce", "-t", "sent", "-b", servers(), "--acks", "0");
        assertThat(plain.exit()).as(plain.err()).isEqualTo(4);
        assertThat(plain.out())
                .containsPattern("sent, not acknowledged +2 +2\n")
                .doesNotContain("\nacknowledged");
        assertThat(plain.err()).contains("--unacknowledged-ok");
        Result meant = command()
                .input("c\n")
                .run("produce", "-t", "sent", "-b", servers(), "--acks", "0", "--unacknowledged-ok");
        assertThat(meant.exit()).as(meant.err()).isZero();
        assertThat(meant.err()).isEmpty();
    }

    @Test
    void aTopicThatDoesNotExistFailsBeforeAnythingIsRead() throws Exception {
        Result result =
                command().input("a\n").run("produce", "-t", "nowhere", "-b", servers(), "--connect-timeout", "5s");
        assertThat(result.exit()).as(result.err()).isEqualTo(4);
        assertThat(result.err()).contains("nowhere");
    }

    @Test
    void theTopicIsAskedForAsLongAsTheConnectTimeoutSays() throws Exception {
        Result result = command()
                .input("a\n")
                .run(
                        "produce",
                        "-t",
                        "nowhere",
                        "-b",
                        servers(),
                        "-X",
                        "request.timeout.ms=100",
                        "--connect-timeout",
                        "4321ms");
        assertThat(result.exit()).as(result.err()).isEqualTo(4);
        assertThat(result.err()).contains("nowhere", "4321 ms").doesNotContain(" 100 ms");
    }

    @Test
    void serversComeFromTheEnvironmentOrAFile() throws Exception {
        kafka.createTopic("found", 1);
        assertThat(command()
                        .input("a\n")
                        .environmentServers(servers())
                        .run("produce", "-t", "found")
                        .exit())
                .isZero();
        Path config =
                Files.writeString(directory.resolve("client.properties"), "bootstrap.servers=" + servers() + "\n");
        assertThat(command()
                        .input("b\n")
                        .run("produce", "-t", "found", "--config", config.toString())
                        .exit())
                .isZero();
        assertThat(kafka.readAll("found").stream().map(ProduceIT::value)).containsExactly("a", "b");
    }

    @Test
    void anEmptyInputIsASuccess() throws Exception {
        kafka.createTopic("empty", 1);
        Result result = command().input("").run("produce", "-t", "empty", "-b", servers());
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).containsPattern("read +0 +0\n");
    }

    @Test
    void aReceiptThatCannotBeWrittenIsToldAsAProblemInstead() throws Exception {
        kafka.createTopic("unheard", 1);
        Result result = command()
                .fullOutput()
                .input("a\n")
                .run("produce", "-t", "unheard", "-b", servers(), "--json", "--quiet");
        assertThat(result.exit())
                .as("it tells of the messages: %s", result.err())
                .isZero();
        List<String> lines = result.err().lines().toList();
        assertThat(lines).hasSize(2).first().isEqualTo("tubepost: standard output cannot be written; the receipt is:");
        assertThat(Json.parse(lines.get(1))).containsEntry("acknowledged", Map.of("messages", 1, "bytes", 1));
    }

    @Test
    void aListThatCannotBeWrittenIsNoSuccess() throws Exception {
        Result result = command().fullOutput().run("topics", "-b", servers());
        assertThat(result.exit()).as(result.err()).isEqualTo(3);
        assertThat(result.err()).isEqualTo("tubepost: the topics could not be written to standard output\n");
    }

    @Test
    void topicsListsPartitionsAndLeaders() throws Exception {
        kafka.createTopic("listed", 2);
        Result text = command().run("topics", "-b", servers());
        assertThat(text.exit()).as(text.err()).isZero();
        assertThat(text.out())
                .startsWith("TOPIC")
                .containsPattern("listed +0 +1 +1/1\n")
                .containsPattern("listed +1 +1 +1/1\n")
                .doesNotContain("__consumer_offsets");
        Result json = command().run("topics", "-b", servers(), "--json");
        assertThat(json.lastLine())
                .contains("{\"topic\":\"listed\",\"partition\":1,\"leader\":1,\"replicas\":[1],\"in_sync\":[1]}");
    }

    @Test
    void theRateIsKept() throws Exception {
        kafka.createTopic("paced", 1);
        Result result =
                command().input(numbers(100)).run("produce", "-t", "paced", "-b", servers(), "--rate", "50", "--json");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat((Integer) Json.parse(result.lastLine()).get("elapsed_ms")).isBetween(1_980, 10_000);
    }

    private CommandProcess.Builder command() {
        return new CommandProcess.Builder(directory);
    }

    private static String servers() {
        return kafka.bootstrapServers();
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i + "\n").collect(Collectors.joining());
    }

    private static int number(@Nullable String text) {
        return Integer.parseInt(String.valueOf(text).substring(1));
    }

    private static String value(ReadMessage message) {
        return String.valueOf(message.valueText());
    }

    private static List<String> valuesIn(List<ReadMessage> messages, int partition) {
        return messages.stream()
                .filter(each -> each.partition() == partition)
                .map(ProduceIT::value)
                .toList();
    }

    private static int partitionOf(String key, List<ReadMessage> messages) {
        return messages.stream()
                .filter(each -> key.equals(each.keyText()))
                .findFirst()
                .orElseThrow()
                .partition();
    }
}
