package dev.tubepost.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.cli.CommandProcess.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tubepost produce} as a process where no Kafka answers. */
class BadServersIT {

    /** What starting a JVM on a busy machine may add. */
    private static final Duration SLACK = Duration.ofSeconds(15);

    @TempDir
    private Path directory;

    @Test
    void withoutServersItGivesAHintAndStartsNone() throws Exception {
        Result result = command().input("a\n").run("produce", "-t", "t");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("-b", "KAFKA_BOOTSTRAP_SERVERS", "--embedded");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void withoutStandardInputItReadsNoOtherFileInstead() throws Exception {
        Result result = command().closedInput().run("produce", "-t", "t", "-b", "127.0.0.1:1");
        assertThat(result.exit()).as(result.err()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("tubepost: standard input is closed: give a FILE, or /dev/null for nothing\n");
    }

    @Test
    void aRefusedPortIsToldInTime() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        Result result = runFor("127.0.0.1:" + port);
        assertThat(result.exit()).as(result.err()).isEqualTo(6);
        assertThat(result.err()).contains("127.0.0.1:" + port).containsIgnoringCase("refused");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aSecretOfTheEnvironmentIsTakenAndNotTold() throws Exception {
        String[] arguments = {
            "produce",
            "-t",
            "t",
            "-b",
            "no-such-host.invalid:9092",
            "--connect-timeout",
            "1s",
            "--json",
            "-X",
            "security.protocol=SASL_PLAINTEXT",
            "-X",
            "sasl.mechanism=SCRAM-SHA-256",
            "-X",
            "saslUsername=alice"
        };
        Result without = command().input("a\n").run(arguments);
        assertThat(without.exit()).as(without.err()).isEqualTo(2);
        assertThat(without.err()).contains("the environment variable TUBEPOST_SASL_PASSWORD can have it");

        Result with = command()
                .input("a\n")
                .environment("TUBEPOST_SASL_PASSWORD", "canary")
                .java("-Dorg.slf4j.simpleLogger.defaultLogLevel=trace")
                .run(arguments);
        assertThat(with.exit()).as(with.err()).isEqualTo(6);
        assertThat(with.out() + with.err()).doesNotContain("canary");
    }

    @Test
    void aSecretOfTheFileCountsBeforeThatOfTheEnvironment() throws Exception {
        String common = "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=SCRAM-SHA-256\n";
        Path without = Files.writeString(directory.resolve("without.properties"), common);
        Path with = Files.writeString(
                directory.resolve("with.properties"), common + "sasl.jaas.config=nothing of the kind\n");
        CommandProcess.Builder command = command()
                .input("a\n")
                .environment(
                        "TUBEPOST_SASL_JAAS_CONFIG",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"a\" password=\"b\";");
        Result environments = command.run(withConfig(without));
        assertThat(environments.exit()).as(environments.err()).isEqualTo(6);
        Result files = command.run(withConfig(with));
        assertThat(files.exit()).as(files.err()).isEqualTo(2);
        assertThat(files.err()).contains("sasl.jaas.config").doesNotContain("nothing of the kind");
    }

    private static String[] withConfig(Path config) {
        return new String[] {
            "produce",
            "-t",
            "t",
            "-b",
            "no-such-host.invalid:9092",
            "--connect-timeout",
            "1s",
            "--config",
            config.toString()
        };
    }

    @Test
    void anUnknownHostIsTold() throws Exception {
        Result result = runFor("no-such-host.invalid:9092");
        assertThat(result.exit()).as(result.err()).isEqualTo(6);
        assertThat(result.err()).contains("no-such-host.invalid");
    }

    @Test
    void aServerOfAnotherKindIsRecognized() throws Exception {
        byte[] tlsAlert = {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46};
        try (Answering server = new Answering(tlsAlert)) {
            Result result = runFor(server.address());
            assertThat(result.exit()).as(result.err()).isEqualTo(6);
            assertThat(result.err()).contains(server.address()).contains("TLS");
        }
        try (Answering server = new Answering("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII))) {
            Result result = runFor(server.address());
            assertThat(result.exit()).as(result.err()).isEqualTo(6);
            assertThat(result.err()).contains(server.address()).contains("HTTP");
        }
    }

    @Test
    void aServerThatSaysNothingIsGivenUpInTime() throws Exception {
        try (Answering server = new Answering(new byte[0])) {
            Result result = runFor(server.address());
            assertThat(result.exit()).as(result.err()).isEqualTo(6);
            assertThat(result.err()).contains(server.address());
        }
    }

    @Test
    void aConnectTimeoutThatIsLongerThanARequestsHolds() throws Exception {
        try (Answering server = new Answering(new byte[0])) {
            Result result = command()
                    .input("a\n")
                    .run(
                            "produce",
                            "-t",
                            "t",
                            "-b",
                            server.address(),
                            "-X",
                            "request.timeout.ms=100",
                            "--connect-timeout",
                            "1234ms");
            assertThat(result.exit()).as(result.err()).isEqualTo(6);
            assertThat(result.err()).contains("1234 ms").doesNotContain(" 100 ms");
        }
    }

    @Test
    void optionsForOtherProgramsInTheFileArePassedOverAndTold() throws Exception {
        Path config = Files.writeString(directory.resolve("client.properties"), "max.block.ms=1\n");
        Result result = command().input("a\n").run(withConfig(config));
        assertThat(result.exit()).as(result.err()).isEqualTo(6);
        assertThat(result.err()).startsWith("tubepost: --config: max.block.ms passed over: the command decides that\n");
    }

    private Result runFor(String servers) throws Exception {
        long startNanos = System.nanoTime();
        Result result = command().input("a\n").run("produce", "-t", "t", "-b", servers, "--connect-timeout", "3s");
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(SLACK);
        return result;
    }

    private CommandProcess.Builder command() {
        return new CommandProcess.Builder(directory);
    }

    /** A server that gives every connection the same answer, whatever it asks. */
    private static final class Answering implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final byte[] answer;

        Answering(byte[] answer) throws IOException {
            this.answer = answer;
            Thread thread = new Thread(this::serve, "answering");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (true) {
                try (Socket socket = server.accept()) {
                    byte[] asked = new byte[1024];
                    int got = socket.getInputStream().read(asked);
                    if (got > 0) {
                        socket.getOutputStream().write(answer);
                        socket.getInputStream().read(asked);
                    }
                } catch (IOException e) {
                    if (server.isClosed()) {
                        return;
                    }
                }
            }
        }

        String address() {
            return "127.0.0.1:" + server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
