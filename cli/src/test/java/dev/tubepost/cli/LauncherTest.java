package dev.tubepost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in a source tree of its own, with a Maven and a Java that only tell how they were called. */
@Timeout(60)
class LauncherTest {

    private static final Path SCRIPT =
            Path.of("..", "tubepost").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    private Path tree;
    private Path bin;
    private Path javaHome;

    /** What a call of the launcher left. */
    private record Result(int exit, String out, String err) {}

    @BeforeEach
    void makeTree() throws IOException {
        tree = Files.createDirectories(directory.resolve("a tree"));
        Files.copy(SCRIPT, tree.resolve("tubepost"));
        executable(tree.resolve("tubepost"), Files.readString(SCRIPT));
        for (String module : List.of("protocol", "producer", "tls", "sasl", "testkit-embedded", "cli")) {
            Files.createDirectories(tree.resolve(module).resolve("src/main"));
            Files.writeString(tree.resolve(module).resolve("pom.xml"), "");
        }
        Files.writeString(tree.resolve("pom.xml"), "");
        bin = Files.createDirectories(directory.resolve("bin"));
        executable(bin.resolve("mvn"), """
                #!/bin/sh
                echo "mvn $*" >>"%s"
                mkdir -p cli/target && : >cli/target/tubepost-cli-1.jar
                """.formatted(calls()));
        javaHome = java("17.0.1");
    }

    private Path java(String version) throws IOException {
        Path home = Files.createDirectories(directory.resolve("java " + version));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        executable(home.resolve("bin/java"), "#!/bin/sh\nfor each in \"$@\"; do echo \"$each\"; done\nexit 7\n");
        return home;
    }

    @Test
    void buildsOnFirstUseAndPassesArgumentsAndExitCodeThrough() throws Exception {
        Result result = run("produce", "a b", "");
        assertThat(result.exit()).isEqualTo(7);
        assertThat(result.err()).isEqualTo("building tubepost (first use; Maven may have to download a lot) ...\n");
        assertThat(result.out()).endsWith("dev.tubepost.cli.Main\nproduce\na b\n\n");
        assertThat(Files.readString(calls())).startsWith("mvn -q").contains("-pl cli -am package");
    }

    @Test
    void isSilentWhenItIsUpToDate() throws Exception {
        run();
        Result second = run();
        assertThat(second.err()).isEmpty();
        assertThat(Files.readAllLines(calls())).hasSize(1);
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        run();
        Path source = Files.writeString(tree.resolve("producer/src/main/A.java"), "class A {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run().err()).isEqualTo("building tubepost (its sources changed) ...\n");
        assertThat(Files.readAllLines(calls())).hasSize(2);
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        List<Process> both = List.of(start(javaHome, "a"), start(javaHome, "b"));
        for (Process process : both) {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(7);
        }
        assertThat(Files.readAllLines(calls())).hasSize(1);
    }

    @Test
    void aLockOfAProcessThatIsGoneDoesNotHoldItUp() throws Exception {
        Path lock = Files.createDirectories(tree.resolve("cli/target/tubepost.lock"));
        Process gone = new ProcessBuilder("true").start();
        assertThat(gone.waitFor()).isZero();
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
        assertThat(run().exit()).isEqualTo(7);
        assertThat(lock).doesNotExist();
    }

    @Test
    void aBuildThatFailsIsToldWithItsOutput() throws Exception {
        executable(bin.resolve("mvn"), "#!/bin/sh\necho no network\nexit 1\n");
        Result result = run();
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("no network").contains("the build failed");
        assertThat(run().exit()).as("nor is it taken for done later").isEqualTo(2);
    }

    @Test
    void anOldJavaIsRefused() throws Exception {
        Process process = start(java("11.0.2"));
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(text(process).err()).contains("is Java 11, and Java 17 or newer is needed");
    }

    @Test
    void aJavaHomeWithoutJavaIsRefused() throws Exception {
        Process process = start(directory.resolve("nowhere"));
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(text(process).err()).contains("JAVA_HOME").contains("nowhere");
    }

    @Test
    void givesEachJavaOnlyTheOptionsThatItKnows() throws Exception {
        assertThat(run().out()).doesNotContain("--enable-native-access");
        Process process = start(java("25"));
        assertThat(process.waitFor()).isEqualTo(7);
        assertThat(text(process).out())
                .contains("--enable-native-access=ALL-UNNAMED\n--sun-misc-unsafe-memory-access=allow\n");
    }

    @Test
    void worksThroughASymbolicLinkFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("tp"), Path.of("a tree", "tubepost"));
        Process process = process(javaHome, List.of(link.toString()))
                .directory(Path.of("/").toFile())
                .start();
        assertThat(process.waitFor()).isEqualTo(7);
        assertThat(text(process).out()).contains(tree.toRealPath() + "/cli/target/tubepost-cli-1.jar:");
    }

    @Test
    void optionsForJavaComeFromTheEnvironment() throws Exception {
        ProcessBuilder builder =
                process(javaHome, List.of(tree.resolve("tubepost").toString()));
        builder.environment().put("TUBEPOST_JAVA_OPTS", "-Xmx64m -Da=b");
        Process process = builder.start();
        assertThat(process.waitFor()).isEqualTo(7);
        assertThat(text(process).out()).contains("-Xmx64m\n-Da=b\n");
    }

    @Test
    void tellsJavaWhetherThereIsStandardInput() throws Exception {
        assertThat(run().out()).doesNotContain("-Dtubepost.stdin");
        Process process = process(
                        javaHome,
                        List.of(
                                "sh",
                                "-c",
                                "exec \"$0\" <&-",
                                tree.resolve("tubepost").toString()))
                .start();
        assertThat(process.waitFor()).isEqualTo(7);
        assertThat(text(process).out()).contains("-Dtubepost.stdin=closed\n");
    }

    @Test
    void aSignalEndsABuildWithItsOwnExitCode() throws Exception {
        for (Map.Entry<String, Integer> signal : Map.of("TERM", 143, "HUP", 129).entrySet()) {
            executable(
                    bin.resolve("mvn"),
                    "#!/bin/sh\nkill -%s $(cat cli/target/tubepost.lock/pid)\n".formatted(signal.getKey()));
            assertThat(run().exit()).as(signal.getKey()).isEqualTo(signal.getValue());
            assertThat(tree.resolve("cli/target/tubepost.lock")).doesNotExist();
        }
    }

    private Path calls() {
        return directory.resolve("calls");
    }

    private Result run(String... arguments) throws Exception {
        Process process = start(javaHome, arguments);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return text(process);
    }

    private Process start(Path home, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(tree.resolve("tubepost").toString()));
        command.addAll(Arrays.asList(arguments));
        return process(home, command).start();
    }

    private ProcessBuilder process(Path home, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", home.toString());
        builder.environment().remove("TUBEPOST_JAVA_OPTS");
        return builder;
    }

    private static Result text(Process process) throws IOException {
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        return new Result(process.exitValue(), out, err);
    }

    private static void executable(Path file, String content) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
