package dev.tubepost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

    /** All of the table in docs/security-options.md. */
    private static final List<String> SECRET_VARIABLES = List.of(
            "TUBEPOST_SASL_PASSWORD",
            "TUBEPOST_SASL_JAAS_CONFIG",
            "TUBEPOST_SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET",
            "TUBEPOST_SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_PASSPHRASE",
            "TUBEPOST_SSL_TRUSTSTORE_PASSWORD",
            "TUBEPOST_SSL_KEYSTORE_PASSWORD",
            "TUBEPOST_SSL_KEYSTORE_KEY",
            "TUBEPOST_SSL_KEYSTORE_CERTIFICATE_CHAIN",
            "TUBEPOST_SSL_KEY_PASSWORD");

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void withoutACommandItShowsHowToUseIt() {
        assertThat(run()).isEqualTo(2);
        assertThat(err()).contains("produce").contains("topics");
    }

    @Test
    void withoutServersNothingIsSentAnywhere() {
        assertThat(run("produce", "-t", "t", "-X", "hosts=")).isEqualTo(2);
        assertThat(out()).isEmpty();
    }

    @Test
    void unknownOptionsAndMissingOnesAreUsageErrors() {
        assertThat(run("produce", "-t", "t", "-b", "localhost:1", "--compresion", "zstd"))
                .isEqualTo(2);
        assertThat(err()).contains("--compression");
        assertThat(run("produce", "-b", "localhost:1")).isEqualTo(2);
        assertThat(err()).contains("--topic");
        assertThat(out()).isEmpty();
    }

    @Test
    void allProblemsWithTheLibrarysOptionsAreToldAtOnce() {
        assertThat(run(
                        "produce",
                        "-t",
                        "t",
                        "-b",
                        "localhost:1",
                        "--acks",
                        "7",
                        "-X",
                        "linger.mss=5",
                        "--compression",
                        "x"))
                .isEqualTo(2);
        assertThat(err()).contains("acks").contains("linger.ms").contains("compression");
    }

    @Test
    void contradictionsAndNonsenseAreUsageErrors() {
        String[][] wrong = {
            {"--embedded", "-b", "localhost:1"},
            {"-b", "localhost:1", "--rate", "-1"},
            {"-b", "localhost:1", "--rate", "0"},
            {"-b", "localhost:1", "--rate", "NaN"},
            {"-b", "localhost:1", "--rate", "Infinity"},
            {"-b", "localhost:1", "--header", "novalue"},
            {"-b", "localhost:1", "--key-delimiter", ""},
            {"-b", "localhost:1", "--connect-timeout", "0"},
            {"-b", "localhost:1", "--connect-timeout", "999us"},
            {"-b", "localhost:1", "--connect-timeout", "soon"},
            {"-b", "localhost:1", "--linger", "soon"},
            {"-b", "localhost:1", "--partition", "one"},
            {"-b", "localhost:1", "--partition", "-1"},
            {"-b", "localhost"},
            {"-b", "localhost:1", "--config", directory.resolve("gone").toString()},
            {"-b", "localhost:1", directory.resolve("gone").toString()},
        };
        for (String[] arguments : wrong) {
            String[] all = new String[arguments.length + 3];
            all[0] = "produce";
            all[1] = "-t";
            all[2] = "t";
            System.arraycopy(arguments, 0, all, 3, arguments.length);
            err.reset();
            assertThat(run(all)).as(String.join(" ", all)).isEqualTo(2);
            assertThat(err()).as(String.join(" ", all)).isNotBlank();
        }
        assertThat(out()).isEmpty();
    }

    @Test
    void aNameThatNoTopicCanHaveIsToldBeforeAnythingIsStartedOrAsked() {
        for (String[] where : new String[][] {{"-b", "localhost:1"}, {"--embedded"}}) {
            List<String> all = new ArrayList<>(List.of("produce", "-t", "my topic"));
            all.addAll(List.of(where));
            err.reset();
            assertThat(run(all.toArray(String[]::new))).as(all.toString()).isEqualTo(2);
            assertThat(err())
                    .startsWith("tubepost: --topic 'my topic' is not a topic's name: that is 1 to 249 letters")
                    .hasLineCount(1);
        }
        assertThat(out()).isEmpty();
    }

    @Test
    void whatBeginsWithAnAtSignIsTakenAsItIs() throws IOException {
        String options =
                Files.writeString(directory.resolve("options"), "--bogus\n").toString();
        assertThat(run("produce", "-t", "t", "-b", "localhost:1", "@" + options))
                .isEqualTo(2);
        assertThat(err()).isEqualTo("tubepost: @" + options + " does not exist\n");
    }

    @Test
    void anArgumentThatTheLocaleCouldNotReadIsRefusedAndNotRepeated() {
        assertThat(run("produce", "-t", "t", "-b", "localhost:1", "-X", "sasl.password=canary\uFFFD"))
                .isEqualTo(2);
        assertThat(err()).startsWith("tubepost: argument 7 is no").doesNotContain("canary");
        assertThat(Main.unreadable("ANSI_X3.4-1968")).contains("ANSI_X3.4-1968", "set LC_ALL");
        assertThat(Main.unreadable("UTF-8")).contains("U+FFFD").doesNotContain("LC_ALL");
    }

    @Test
    void rejectsNeverEmptyTheFileWithTheOptions() throws IOException {
        Path config = Files.writeString(directory.resolve("client.properties"), "linger.ms=1\n");
        String input = Files.writeString(directory.resolve("input"), "a\n").toString();
        assertThat(run(
                        "produce",
                        "-t",
                        "t",
                        "-b",
                        "localhost:1",
                        "--config",
                        config.toString(),
                        "--rejects",
                        config.toString(),
                        input))
                .isEqualTo(2);
        assertThat(err()).contains("--rejects " + config + ": is also read");
        assertThat(config).hasContent("linger.ms=1\n");
    }

    @Test
    void helpGoesToStandardOutput() {
        assertThat(run("produce", "--help")).isZero();
        assertThat(out()).contains("--key-delimiter", "--rejects", "--unacknowledged-ok", "Exit codes", "Examples");
        assertThat(err()).isEmpty();
    }

    @Test
    void helpTellsWhatATimeWithoutAUnitIs() {
        for (String command : List.of("produce", "topics")) {
            out.reset();
            assertThat(run(command, "--help")).isZero();
            assertThat(out().replaceAll("\\s+", " "))
                    .contains("ns, us, ms, s, min, h or d", "without a unit it is milliseconds");
        }
    }

    @Test
    void examplesAndExitCodesInTheHelpAreNotBroken() {
        assertThat(run("produce", "--help")).isZero();
        for (String title : List.of("Examples:", "Exit codes:")) {
            assertThat(out().lines()
                            .dropWhile(line -> !line.equals(title))
                            .skip(1)
                            .takeWhile(line -> !line.isEmpty()))
                    .as(title)
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("  "));
        }
    }

    @Test
    void helpTellsHowToGiveSecrets() {
        assertThat(run("produce", "--help")).isZero();
        assertThat(out().replaceAll("\\s+", " "))
                .contains("Others see it in the list of processes: give secrets by --config or the environment.")
                .contains("it counts before the secrets of the environment")
                .contains("given neither by -X nor by --config, is taken from the environment");
        assertThat(out()).contains(SECRET_VARIABLES);
        out.reset();
        assertThat(run("topics", "--help")).isZero();
        assertThat(out()).contains(SECRET_VARIABLES);
    }

    @Test
    void secretsAreNotToldWhateverIsWrongWithThem() {
        String[][] wrong = {
            {"-X", "sasl.password=canary"},
            {"-X", "sasl.pasword=canary"},
            {"-X", "sasl.password:canary"},
            {"-X", "security.protocol=SASL_SSL", "-X", "sasl.jaas.config=canary"},
            {"-X", "security.protocol=SASL_SSL", "-X", "sasl.mechanism=PLAIN", "-X", "sasl.password=canary"},
            {"-X", "security.protocol=SSL", "-X", "ssl.keystore.key=canary"},
            {"-X", "security.protocol=SSL", "-X", "ssl.key.password=${canary}"},
        };
        for (String[] options : wrong) {
            List<String> all = new ArrayList<>(List.of("produce", "-t", "t", "-b", "localhost:1"));
            all.addAll(List.of(options));
            err.reset();
            assertThat(run(all.toArray(String[]::new))).as(all.toString()).isEqualTo(2);
            assertThat(err()).as(all.toString()).isNotBlank().doesNotContain("canary");
            assertThat(out()).as(all.toString()).isEmpty();
        }
    }

    @Test
    void versionIsTheBuilds() {
        assertThat(run("--version")).isZero();
        assertThat(out()).matches("tubepost \\d+\\.\\d+\\.\\d+\\S*\\s+");
    }

    @Test
    void completionIsAScriptThatKnowsTheOptions() {
        assertThat(run("completion")).isZero();
        assertThat(out()).contains("complete -F").contains("--key-delimiter");
    }

    @Test
    void aScriptThatCannotBeWrittenIsNoSuccess() {
        PrintStream broken = new PrintStream(new OutputStream() {
            @Override
            public void write(int each) throws IOException {
                throw new IOException("no room");
            }
        });
        assertThat(Main.run(new Console(broken, print(err), false, 0), "completion"))
                .isEqualTo(3);
        assertThat(err()).contains("the script could not be written");
    }

    @Test
    void anErrorHasAnExitCodeOfTheTable() {
        PrintStream out = new PrintStream(OutputStream.nullOutputStream()) {
            @Override
            public void println(String text) {
                throw new NoClassDefFoundError("gone");
            }
        };
        assertThat(Main.run(new Console(out, print(err), false, 0), "completion"))
                .isEqualTo(3);
        assertThat(err()).startsWith("tubepost: failed unexpectedly: java.lang.NoClassDefFoundError: gone\n");
    }

    private int run(String... arguments) {
        return Main.run(new Console(print(out), print(err), false, 0), arguments);
    }

    private static PrintStream print(ByteArrayOutputStream stream) {
        return new PrintStream(stream, true, UTF_8);
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
