package dev.tubepost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ClusterOptionsTest {

    @Test
    void hasItsDefaults() {
        ClusterOptions options = ClusterOptions.builder("localhost:9092").build();

        assertThat(options.bootstrapServers()).containsExactly(InetSocketAddress.createUnresolved("localhost", 9092));
        assertThat(options.clientId()).isEqualTo("tubepost");
        assertThat(options.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.connectionSetupTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.connectionSetupTimeoutMax()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.reconnectBackoff()).isEqualTo(Duration.ofMillis(50));
        assertThat(options.reconnectBackoffMax()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.metadataMaxAge()).isEqualTo(Duration.ofMinutes(5));
        assertThat(options.metadataMaxIdle()).isEqualTo(Duration.ofMinutes(5));
        assertThat(options.connectionsMaxIdle()).isEqualTo(Duration.ofMinutes(9));
        assertThat(options.sourceAddress()).isNull();
        assertThat(options.ioThreads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(options.threadFactory()).isNull();
        assertThat(options.sendBuffer()).isEqualTo(131_072);
        assertThat(options.receiveBuffer()).isEqualTo(32_768);
        assertThat(options.maxReplySize()).isEqualTo(16_777_216);
        assertThat(options.allowAutoTopicCreation()).isTrue();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("bootstrapServers = \"\": must name at least one broker", b -> b.bootstrapServers("")),
                refused("bootstrapServers = \"a\": must have a port, as in a:9092", b -> b.bootstrapServers("a")),
                refused("clientId = \" \": must be 1 to 249 bytes", b -> b.clientId(" ")),
                refused("clientId = \"a\nb\": must be 1 to 249 bytes", b -> b.clientId("a\nb")),
                refused("clientId = \"éééééééééééééééééééééééééééééééééééééééé\"", b -> b.clientId("é".repeat(125))),
                refused("requestTimeout = 0 s: must be more than 0", b -> b.requestTimeout(Duration.ZERO)),
                refused(
                        "connectionSetupTimeout = 0 s: must be more than 0",
                        b -> b.connectionSetupTimeout(Duration.ZERO)),
                refused(
                        "connectionSetupTimeoutMax = 9 s: must be at least connectionSetupTimeout = 10 s",
                        b -> b.connectionSetupTimeoutMax(Duration.ofSeconds(9))),
                refused("reconnectBackoff = 0 s: must be more than 0", b -> b.reconnectBackoff(Duration.ZERO)),
                refused(
                        "reconnectBackoffMax = 49 ms: must be at least reconnectBackoff = 50 ms",
                        b -> b.reconnectBackoffMax(Duration.ofMillis(49))),
                refused("metadataMaxAge = 0 s: must be more than 0", b -> b.metadataMaxAge(Duration.ZERO)),
                refused("metadataMaxIdle = 0 s: must be more than 0", b -> b.metadataMaxIdle(Duration.ZERO)),
                refused("connectionsMaxIdle = 0 s: must be more than 0", b -> b.connectionsMaxIdle(Duration.ZERO)),
                refused("ioThreads = 0: must be 1 to 1024", b -> b.ioThreads(0)),
                refused("ioThreads = 1025: must be 1 to 1024", b -> b.ioThreads(1025)),
                refused("sendBuffer = 0: must be 1 or more, or -1", b -> b.sendBuffer(0)),
                refused("receiveBuffer = -2: must be 1 or more, or -1", b -> b.receiveBuffer(-2)),
                refused("maxReplySize = 65535: must be 65536 or more", b -> b.maxReplySize(65_535)));
    }

    private static Arguments refused(String problem, UnaryOperator<ClusterOptions.Builder> setting) {
        return Arguments.of(problem, setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWhatIsOutOfRangeOrContradictory(String problem, UnaryOperator<ClusterOptions.Builder> setting) {
        InvalidOptionsException thrown = catchThrowableOfType(
                InvalidOptionsException.class,
                () -> setting.apply(ClusterOptions.builder("b:1")).build());

        assertThat(thrown.problems()).singleElement().asString().startsWith(problem);
    }

    static Stream<UnaryOperator<ClusterOptions.Builder>> allowed() {
        return Stream.of(
                b -> b.clientId("a".repeat(249)),
                b -> b.requestTimeout(Duration.ofNanos(1)),
                b -> b.connectionSetupTimeoutMax(Duration.ofSeconds(10)),
                b -> b.reconnectBackoffMax(Duration.ofMillis(50)),
                b -> b.ioThreads(1),
                b -> b.ioThreads(1024),
                b -> b.sendBuffer(1),
                b -> b.receiveBuffer(ClusterOptions.SYSTEM_DEFAULT),
                b -> b.maxReplySize(65_536));
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void allowsEachLimit(UnaryOperator<ClusterOptions.Builder> setting) {
        assertThat(setting.apply(ClusterOptions.builder("b:1")).build()).isNotNull();
    }

    @Test
    void saysAllProblemsAtOnce() {
        InvalidOptionsException thrown = catchThrowableOfType(
                InvalidOptionsException.class,
                () -> ClusterOptions.builder("good:9092,http://a:1,b")
                        .ioThreads(0)
                        .build());

        assertThat(thrown.problems()).hasSize(3);
    }

    @Test
    void aLimitThatWasNotSetFollowsTheOneItDependsOn() {
        ClusterOptions options = ClusterOptions.builder("b:1")
                .connectionSetupTimeout(Duration.ofMinutes(1))
                .reconnectBackoff(Duration.ofSeconds(2))
                .build();

        assertThat(options.connectionSetupTimeoutMax()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.reconnectBackoffMax()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void showsTheServersAndWhatDiffersFromTheDefaults() {
        assertThat(ClusterOptions.builder("a:1, b:2").build()).hasToString("ClusterOptions{bootstrapServers=a:1, b:2}");
        assertThat(ClusterOptions.builder("a:1").clientId("mine").build())
                .hasToString("ClusterOptions{bootstrapServers=a:1, clientId=mine}");
    }

    @Test
    void aBuilderMadeOfOptionsMakesTheSameOptions() {
        ClusterOptions options = ClusterOptions.builder("a:1")
                .clientId("mine")
                .requestTimeout(Duration.ofSeconds(1))
                .connectionSetupTimeout(Duration.ofSeconds(2))
                .connectionSetupTimeoutMax(Duration.ofSeconds(3))
                .reconnectBackoff(Duration.ofMillis(4))
                .reconnectBackoffMax(Duration.ofMillis(5))
                .metadataMaxAge(Duration.ofSeconds(6))
                .metadataMaxIdle(Duration.ofSeconds(7))
                .connectionsMaxIdle(Duration.ofSeconds(8))
                .sourceAddress(InetSocketAddress.createUnresolved("here", 0))
                .ioThreads(99)
                .threadFactory(Thread::new)
                .sendBuffer(10)
                .receiveBuffer(11)
                .maxReplySize(70_000)
                .allowAutoTopicCreation(false)
                .build();

        assertThat(options.toBuilder().build()).hasToString(options.toString());
        assertThat(options.toString().split("=", -1))
                .as("all 17 options differ")
                .hasSize(17 + 1);
    }
}
