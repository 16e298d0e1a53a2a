package dev.tubepost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tubepost.partition.HashingPartitioner;
import dev.tubepost.partition.Partitioner;
import dev.tubepost.partition.RandomPartitioner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ProducerOptionsTest {

    @Test
    void hasTheSpecificationsDefaults() {
        ProducerOptions options = ProducerOptions.defaults();

        assertThat(options.newPartitioner()).isInstanceOf(RandomPartitioner.class);
        assertThat(options.compression()).isEqualTo(Compression.none());
        assertThat(options.maxRetries()).isEqualTo(3);
        assertThat(options.retryBackoff()).isEqualTo(Duration.ofMillis(100));
        assertThat(options.requiredAcks()).isEqualTo(1);
        assertThat(options.ackTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.maxQueuedMessages()).isEqualTo(100_000);
        assertThat(options.minQueuedMessages()).isEqualTo(70_000);
        assertThat(options.linger()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.blockOnQueueFull()).isTrue();
        assertThat(options.maxRequestSize()).isEqualTo(1_000_012);
        assertThat(options.sync()).isFalse();
        assertThat(options.deliveryReports()).isFalse();
        assertThat(options.pendingTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.autoStart()).isTrue();
    }

    @Test
    void hasDefaultsOfItsOwnForWhatTheSpecificationDoesNotHave() {
        ProducerOptions options = ProducerOptions.builder().build();

        assertThat(options.retryBackoffMax()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.blockTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(options.reportQueueLimit()).isEqualTo(100_000);
        assertThat(options.deliveryTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(options.batchBytes()).isEqualTo(1_000_012);
        assertThat(options.bufferMemory()).isEqualTo(33_554_432);
        assertThat(options.maxInFlightRequests()).isEqualTo(5);
        assertThat(options.deliveryListener()).isNull();
        assertThat(options.reportExecutor()).isNull();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("maxRetries = -1: must be 0 or more", b -> b.maxRetries(-1)),
                refused("retryBackoff = 0 s: must be more than 0", b -> b.retryBackoff(Duration.ZERO)),
                refused(
                        "retryBackoffMax = 99 ms: must be at least retryBackoff = 100 ms",
                        b -> b.retryBackoffMax(Duration.ofMillis(99))),
                refused("requiredAcks = 2: must be 0 (nobody), 1 (the leader)", b -> b.requiredAcks(2)),
                refused("requiredAcks = -2: must be 0 (nobody), 1 (the leader)", b -> b.requiredAcks(-2)),
                refused("ackTimeout = -1 ms: must be 0 to 2147483647 ms", b -> b.ackTimeout(Duration.ofMillis(-1))),
                refused("ackTimeout = 2147483648 ms: must be 0 to", b -> b.ackTimeout(Duration.ofMillis(1L << 31))),
                refused("maxQueuedMessages = 0: must be 1 or more", b -> b.maxQueuedMessages(0)),
                refused("minQueuedMessages = 0: must be 1 or more", b -> b.minQueuedMessages(0)),
                refused("linger = -1 ms: must be 0 or more", b -> b.linger(Duration.ofMillis(-1))),
                refused("blockTimeout = -1 ms: must be 0 or more", b -> b.blockTimeout(Duration.ofMillis(-1))),
                refused("maxRequestSize = 1023: must be 1024 or more", b -> b.maxRequestSize(1023)),
                refused("reportQueueLimit = 0: must be 1 or more", b -> b.reportQueueLimit(0)),
                refused("deliveryTimeout = 0 s: must be more than 0", b -> b.deliveryTimeout(Duration.ZERO)),
                refused("deliveryTimeout = -1 s: must be more than 0", b -> b.deliveryTimeout(Duration.ofSeconds(-1))),
                refused("batchBytes = 0: must be 1 or more", b -> b.batchBytes(0)),
                refused("bufferMemory = 65535: must be 65536 or more", b -> b.bufferMemory(65_535)),
                refused("maxInFlightRequests = 0: must be 1 to 5", b -> b.maxInFlightRequests(0)),
                refused("maxInFlightRequests = 6: must be 1 to 5", b -> b.maxInFlightRequests(6)),
                // together (F96)
                refused(
                        "deliveryTimeout = 5 s: must be more than linger = 5 s, or messages fail before they are sent",
                        b -> b.deliveryTimeout(Duration.ofSeconds(5))),
                refused(
                        "ackTimeout = 0 s: must be more than 0 with requiredAcks = -1",
                        b -> b.requiredAcks(-1).ackTimeout(Duration.ZERO)),
                refused(
                        "ackTimeout = 10 s: must be at most deliveryTimeout = 9 s",
                        b -> b.requiredAcks(-1)
                                .ackTimeout(Duration.ofSeconds(10))
                                .deliveryTimeout(Duration.ofSeconds(9))),
                refused(
                        "pendingTimeout = 0 s: must be more than 0 with sync = true",
                        b -> b.sync(true).pendingTimeout(Duration.ZERO)));
    }

    private static Arguments refused(String problem, UnaryOperator<ProducerOptions.Builder> setting) {
        return Arguments.of(problem, setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWhatIsOutOfRangeOrContradictory(String problem, UnaryOperator<ProducerOptions.Builder> setting) {
        InvalidOptionsException thrown = catchThrowableOfType(
                InvalidOptionsException.class,
                () -> setting.apply(ProducerOptions.builder()).build());

        assertThat(thrown.problems()).singleElement().asString().startsWith(problem);
    }

    static Stream<UnaryOperator<ProducerOptions.Builder>> allowed() {
        return Stream.of(
                b -> b.maxRetries(0),
                b -> b.maxRetries(Integer.MAX_VALUE),
                b -> b.retryBackoff(Duration.ofNanos(1)),
                b -> b.retryBackoffMax(Duration.ofMillis(100)),
                b -> b.requiredAcks(0),
                b -> b.requiredAcks(-1),
                b -> b.ackTimeout(Duration.ZERO),
                b -> b.ackTimeout(Duration.ofMillis(Integer.MAX_VALUE)),
                b -> b.maxQueuedMessages(1),
                b -> b.minQueuedMessages(1),
                b -> b.linger(Duration.ZERO),
                b -> b.linger(Duration.ZERO).deliveryTimeout(Duration.ofNanos(1)),
                b -> b.blockTimeout(Duration.ZERO),
                b -> b.maxRequestSize(1024),
                b -> b.reportQueueLimit(1),
                b -> b.pendingTimeout(Duration.ZERO),
                b -> b.sync(true).pendingTimeout(ProducerOptions.FOREVER),
                b -> b.sync(true).deliveryReports(true),
                b -> b.deliveryTimeout(Duration.ofMillis(5001)),
                b -> b.batchBytes(1),
                b -> b.bufferMemory(65_536),
                b -> b.maxInFlightRequests(1));
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void allowsEachLimit(UnaryOperator<ProducerOptions.Builder> setting) {
        assertThat(setting.apply(ProducerOptions.builder()).build()).isNotNull();
    }

    @Test
    void saysAllProblemsAtOnce() {
        ProducerOptions.Builder builder = ProducerOptions.builder()
                .maxRetries(-1)
                .requiredAcks(3)
                .maxInFlightRequests(9)
                .sync(true)
                .pendingTimeout(Duration.ZERO);

        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageStartingWith("4 problems with the options:\n  - maxRetries = -1: ")
                .hasMessageContainingAll("requiredAcks = 3", "maxInFlightRequests = 9", "pendingTimeout = 0 s");
    }

    @Test
    void anOptionThatWasNotSetFollowsTheOneItDependsOn() {
        ProducerOptions slow =
                ProducerOptions.builder().retryBackoff(Duration.ofSeconds(7)).build();
        ProducerOptions quick = ProducerOptions.builder()
                .requiredAcks(-1)
                .linger(Duration.ZERO)
                .deliveryTimeout(Duration.ofSeconds(2))
                .build();

        assertThat(slow.retryBackoffMax()).isEqualTo(Duration.ofSeconds(7));
        assertThat(quick.ackTimeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void minQueuedMessagesIsOneWhenSyncAndNeverMoreThanTheQueueHolds() {
        ProducerOptions.Builder builder = ProducerOptions.builder().minQueuedMessages(500);

        assertThat(builder.build().effectiveMinQueuedMessages()).isEqualTo(500);
        assertThat(builder.maxQueuedMessages(10).build().effectiveMinQueuedMessages())
                .isEqualTo(10);
        assertThat(builder.sync(true).build().effectiveMinQueuedMessages()).isEqualTo(1);
    }

    @Test
    void aBatchIsNeverLargerThanARequest() {
        ProducerOptions options = ProducerOptions.builder()
                .batchBytes(500_000)
                .maxRequestSize(2000)
                .build();

        assertThat(options.batchBytes()).isEqualTo(2000);
        assertThat(options.toBuilder().maxRequestSize(600_000).build().batchBytes())
                .isEqualTo(500_000);
    }

    @Test
    void aNegativePendingTimeoutIsForEver() {
        ProducerOptions options =
                ProducerOptions.builder().pendingTimeout(Duration.ofSeconds(-3)).build();

        assertThat(options.pendingTimeout()).isEqualTo(ProducerOptions.FOREVER);
    }

    @Test
    void noDurationOverflowsNanoseconds() {
        ProducerOptions options = ProducerOptions.builder()
                .blockTimeout(Duration.ofMillis(Long.MAX_VALUE))
                .deliveryTimeout(Duration.ofSeconds(Long.MAX_VALUE))
                .build();

        assertThat(options.blockTimeout().toNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(options.deliveryTimeout().toNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void eachProducerHasAPartitionerOfItsOwnUnlessOneIsGivenForAll() {
        ProducerOptions usual = ProducerOptions.defaults();
        Partitioner mine = new HashingPartitioner();
        ProducerOptions shared = ProducerOptions.builder().partitioner(mine).build();

        assertThat(usual.newPartitioner()).isNotSameAs(usual.newPartitioner());
        assertThat(shared.newPartitioner()).isSameAs(mine).isSameAs(shared.newPartitioner());
    }

    @Test
    void presetsWaitForAsLongAsAMessageMayTake() {
        for (ProducerOptions.Builder preset :
                List.of(ProducerOptions.durable(), ProducerOptions.lowLatency(), ProducerOptions.highThroughput())) {
            assertThat(preset.build().pendingTimeout()).isEqualTo(Duration.ofMinutes(2));
            assertThat(preset.deliveryTimeout(Duration.ofSeconds(9)).build().pendingTimeout())
                    .isEqualTo(Duration.ofSeconds(9));
            assertThat(preset.pendingTimeout(Duration.ofSeconds(1)).build().pendingTimeout())
                    .isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void presetsDifferFromTheDefaultsWhereTheyMust() {
        assertThat(ProducerOptions.durable().build())
                .hasToString(
                        "ProducerOptions{maxRetries=2147483647, requiredAcks=-1, idempotent=true, linger=5 ms, pendingTimeout=2 min}");
        assertThat(ProducerOptions.lowLatency().build())
                .hasToString(
                        "ProducerOptions{maxRetries=2147483647, minQueuedMessages=1, linger=0 s, pendingTimeout=2 min}");
        assertThat(ProducerOptions.highThroughput().build())
                .hasToString("ProducerOptions{maxRetries=2147483647, maxQueuedMessages=500000, linger=50 ms,"
                        + " pendingTimeout=2 min, bufferMemory=134217728}");
    }

    @Test
    void idempotentMeansAcksAll() {
        assertThat(ProducerOptions.builder().idempotent(true).build().requiredAcks())
                .isEqualTo(-1);
        assertThatThrownBy(() -> ProducerOptions.builder()
                        .idempotent(true)
                        .requiredAcks(1)
                        .build())
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("requiredAcks = 1: must be -1 with idempotent = true");
    }

    @Test
    void durableIsIdempotentAsLongAsAllReplicasAcknowledge() {
        assertThat(ProducerOptions.durable().build().idempotent()).isTrue();
        assertThat(ProducerOptions.durable().requiredAcks(1).build().idempotent())
                .isFalse();
        assertThat(ProducerOptions.durable().idempotent(false).build().idempotent())
                .isFalse();
        assertThat(ProducerOptions.defaults().idempotent()).isFalse();
    }

    @Test
    void showsOnlyWhatDiffersFromTheDefaults() {
        assertThat(ProducerOptions.defaults()).hasToString("ProducerOptions{}");
        assertThat(ProducerOptions.builder()
                        .partitioner(new HashingPartitioner())
                        .compression(Compression.zstd(3))
                        .build())
                .hasToString("ProducerOptions{partitioner=HashingPartitioner, compression=zstd:3}");
    }

    @Test
    void aBuilderMadeOfOptionsMakesTheSameOptions() {
        Executor executor = Runnable::run;
        ProducerOptions options = everythingChanged(executor);

        assertThat(options.toBuilder().build()).hasToString(options.toString());
        assertThat(options.toString().split("=", -1))
                .as("all 24 options differ")
                .hasSize(24 + 1);
        assertThat(options.toBuilder().build().reportExecutor()).isSameAs(executor);
    }

    @Test
    void laterChangesOfTheBuilderDoNotReachTheOptions() {
        ProducerOptions.Builder builder = ProducerOptions.builder();
        ProducerOptions options = builder.build();
        builder.maxRetries(9);

        assertThat(options.maxRetries()).isEqualTo(3);
    }

    private static ProducerOptions everythingChanged(Executor executor) {
        return ProducerOptions.builder()
                .partitioner(new HashingPartitioner())
                .compression(Compression.gzip(9))
                .maxRetries(4)
                .retryBackoff(Duration.ofMillis(200))
                .retryBackoffMax(Duration.ofMillis(300))
                .requiredAcks(-1)
                .ackTimeout(Duration.ofSeconds(11))
                .maxQueuedMessages(10)
                .minQueuedMessages(9)
                .linger(Duration.ofMillis(7))
                .blockOnQueueFull(false)
                .blockTimeout(Duration.ofSeconds(1))
                .maxRequestSize(5000)
                .sync(true)
                .deliveryReports(true)
                .reportQueueLimit(77)
                .pendingTimeout(ProducerOptions.FOREVER)
                .autoStart(false)
                .deliveryTimeout(Duration.ofSeconds(50))
                .batchBytes(4000)
                .bufferMemory(70_000)
                .maxInFlightRequests(2)
                .deliveryListener(new DeliveryListener() {
                    @Override
                    public String toString() {
                        return "mine";
                    }
                })
                .reportExecutor(executor)
                .build();
    }
}
