package dev.tubepost.testkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;

/** Everything a cluster starts and writes is gone afterwards, however it ended. */
final class CleanUpIT {
    /** Static parts of Kafka and of the JDK that start one thread with their first use and keep it; there is never a second. */
    private static final Set<String> KEPT_BY_LIBRARIES =
            Set.of("metrics-meter-tick-thread-1", "metrics-meter-tick-thread-2", "process reaper");

    private Set<Thread> threadsBefore = Set.of();
    private Set<Path> directoriesBefore = Set.of();
    private Set<Long> processesBefore = Set.of();

    @BeforeEach
    void look() throws IOException {
        threadsBefore = threads();
        directoriesBefore = directories();
        processesBefore = processes();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        Deadline.in(Duration.ofSeconds(10))
                .await(() -> newThreads().isEmpty(), () -> "threads are left: " + newThreads());
        assertThat(directories()).isEqualTo(directoriesBefore);
        assertThat(processes()).isEqualTo(processesBefore);
    }

    @Test
    void leavesNothingAfterClose() {
        var kafka = EmbeddedKafka.start(2);
        var port = kafka.port(1, ClusterSettings.PLAINTEXT);
        kafka.createTopic("t", 3);
        assertThat(kafka.readAll("t")).isEmpty();

        kafka.close();
        kafka.close();

        assertThat(Ports.isFree(port)).isTrue();
        assertThatThrownBy(() -> kafka.readAll("t")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void leavesNothingAfterATestFailedThatHadABrokerStopped() {
        var events = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(FailingFixture.class))
                .execute();

        events.testEvents().assertThatEvents().haveExactly(1, EventConditions.finishedWithFailure());
        assertThat(FailingFixture.directory).isNotNull().doesNotExist();
    }

    @Test
    void leavesNothingInThisJvmWhenANodeRejectsItsConfiguration() {
        assertThatThrownBy(() ->
                        EmbeddedKafka.builder().config("num.io.threads", "none").start())
                .hasStackTraceContaining("num.io.threads");
    }

    @Test
    @Tag("broker-processes")
    void showsTheLogAndLeavesNothingWhenAProcessRejectsItsConfiguration() {
        assertThatThrownBy(() -> EmbeddedKafka.builder()
                        .processes(true)
                        .brokerConfig(1, "num.io.threads", "none")
                        .start())
                .isInstanceOf(EmbeddedKafkaException.class)
                .hasMessageContaining("broker-1 ended with exit code " + BrokerProcess.FAILED_TO_START)
                .hasMessageContaining("num.io.threads");
    }

    @Test
    void leavesNothingWhenTheStartTakesTooLong() {
        for (var processes : List.of(true, false)) {
            assertThatThrownBy(() -> EmbeddedKafka.builder()
                            .processes(processes)
                            .startTimeout(Duration.ofMillis(1)) // a hundred may suffice in a warm JVM
                            .start())
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining("broker"); // one of them, or the list of them where the first was faster
        }
    }

    @Test
    void recognisesATakenPortAndStartsOnceItIsFree() throws IOException {
        try (var kafka = EmbeddedKafka.start(1)) {
            kafka.stop(1);
            try (var thief = new ServerSocket()) {
                thief.bind(Ports.address(kafka.port(1, ClusterSettings.PLAINTEXT)));
                assertThatThrownBy(() -> kafka.startAgain(1)).matches(PortClash::isCauseOf, "is a port clash");
                assertThat(kafka.isRunning(1)).isFalse();
            }
            kafka.startAgain(1);
            assertThat(kafka.isRunning(1)).isTrue();
        }
    }

    @Test
    void keepsDataInADirectoryOfTheUser(@TempDir Path directory) throws Exception {
        try (var kafka = EmbeddedKafka.builder().directory(directory).start()) {
            kafka.createTopic("kept", 1);
            Producing.sendNumbers(kafka, "kept", 0, 0, 5);
        }
        try (var kafka = EmbeddedKafka.builder().directory(directory).start()) {
            assertThat(kafka.readAll("kept")).hasSize(5);
        }
        assertThat(directory).isNotEmptyDirectory();
    }

    @Test
    void leavesNothingInTheDirectoryThatItsTemporaryOneIsMadeIn(@TempDir Path parent) {
        try (var kafka = EmbeddedKafka.builder().temporaryIn(parent).start()) {
            assertThat(kafka.directory()).hasParent(parent).isNotEmptyDirectory();
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    @Tag("broker-processes")
    void brokersEndWhenTheirParentIsKilled() throws Exception {
        var forgetful = Forgetful.start("wait");
        var brokers = forgetful.brokers();
        assertThat(brokers).isNotEmpty().allMatch(ProcessHandle::isAlive);

        forgetful.process().destroyForcibly().waitFor();

        Deadline.in(Duration.ofSeconds(10))
                .await(() -> brokers.stream().noneMatch(ProcessHandle::isAlive), () -> "brokers live on: " + brokers);
        // Nobody is left who could have deleted it.
        forgetful.deleteDirectory();
    }

    @Test
    @Tag("broker-processes")
    void leavesNothingWhenTheJvmEndsWithoutClose() throws Exception {
        var forgetful = Forgetful.start("exit");
        var brokers = forgetful.brokers();

        assertThat(forgetful.process().waitFor(20, TimeUnit.SECONDS)).isTrue();

        Deadline.in(Duration.ofSeconds(10))
                .await(() -> brokers.stream().noneMatch(ProcessHandle::isAlive), () -> "brokers live on: " + brokers);
        assertThat(forgetful.directory()).doesNotExist();
    }

    private Set<String> newThreads() {
        return threads().stream()
                .filter(thread -> !threadsBefore.contains(thread))
                .map(Thread::getName)
                .filter(name -> !KEPT_BY_LIBRARIES.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Thread> threads() {
        return Set.copyOf(Thread.getAllStackTraces().keySet());
    }

    private static Set<Path> directories() throws IOException {
        try (var entries =
                Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "tubepost-kafka-*")) {
            var found = new TreeSet<Path>();
            entries.forEach(found::add);
            return found;
        }
    }

    private static Set<Long> processes() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    /** A test class that fails in the midst of trouble; run only by the test kit of JUnit. */
    @EmbeddedKafkaTest
    static final class FailingFixture {
        static @Nullable Path directory;

        @Test
        void fails(EmbeddedKafka kafka) {
            directory = kafka.directory();
            kafka.stop(1);
            assertThat(List.of(1)).as("this test is meant to fail").isEmpty();
        }
    }
}
