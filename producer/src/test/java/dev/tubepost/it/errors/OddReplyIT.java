package dev.tubepost.it.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.ProducerOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Replies that fit the protocol and nothing else: each message has one outcome all the same, and it is the right one. */
final class OddReplyIT {

    private static final int KAFKA_STORAGE_ERROR = 56;
    private static final int UNSUPPORTED_VERSION = 35;
    private static final int CORRUPT_MESSAGE = 2;
    private static final int NOT_LEADER_OR_FOLLOWER = 6;

    @AutoClose
    private final ScriptedCluster cluster = new ScriptedCluster();

    private final ScriptedKafka kafka = cluster.kafka();

    @Test
    void aPartitionThatIsMissingFromTheReplyIsSentAgain() {
        kafka.onProduce = once(request -> new ProduceResponseData());
        Message<byte[], byte[]> message = cluster.produceOne(options());
        assertThat(message.failure()).isNull();
        assertThat(message.attempts()).isEqualTo(2);
    }

    @Test
    void aPartitionThatIsAlwaysMissingEndsAsMaybeWritten() {
        kafka.onProduce = request -> new ProduceResponseData();
        DeliveryException failure = cluster.failureOfOne(options().maxRetries(1));
        assertThat(failure.maybeWritten()).isTrue();
        assertThat(failure).hasMessageContaining("left the partition out of its reply");
        assertThat(kafka.produced()).isEqualTo(2);
    }

    @Test
    void partitionsThatNobodyAskedForAreIgnored() {
        kafka.onProduce = request -> {
            ProduceResponseData response = ScriptedKafka.acknowledge(request);
            for (var topic : response.responses()) {
                topic.partitionResponses()
                        .add(new ProduceResponseData.PartitionProduceResponse()
                                .setIndex(99)
                                .setErrorCode((short) 87));
            }
            response.responses()
                    .add(new ProduceResponseData.TopicProduceResponse()
                            .setName("another")
                            .setPartitionResponses(List.of(new ProduceResponseData.PartitionProduceResponse()
                                    .setIndex(0)
                                    .setErrorCode((short) 87))));
            return response;
        };
        Message<byte[], byte[]> message = cluster.produceOne(options());
        assertThat(message.failure()).isNull();
        assertThat(message.offset()).isZero();
    }

    @Test
    void aTopicThatIsMissingFromMetadataIsAskedForAgainWithPauses() {
        kafka.answersTopics = false;
        DeliveryException failure = cluster.failureOfOne(options().deliveryTimeout(Duration.ofSeconds(1)));
        assertThat(failure.timeSpent().largest()).isEqualTo(dev.tubepost.TimeSpent.Phase.METADATA);
        assertThat(kafka.asked()).isBetween(2, 50);
    }

    @Test
    void aFullDiskIsWaitedForAndNamed() {
        kafka.onProduce = request -> ScriptedKafka.answer(request, KAFKA_STORAGE_ERROR);
        DeliveryException failure = cluster.failureOfOne(options().deliveryTimeout(Duration.ofSeconds(1)));
        assertThat(failure).hasMessageContaining("KAFKA_STORAGE_ERROR");
        assertThat(failure.maybeWritten()).isTrue();
        assertThat(kafka.produced()).isGreaterThan(1);
    }

    @Test
    void aDiskThatHasRoomAgainTakesTheMessages() {
        kafka.onProduce = once(request -> ScriptedKafka.answer(request, KAFKA_STORAGE_ERROR));
        assertThat(cluster.produceOne(options()).failure()).isNull();
    }

    @Test
    void anErrorThatNobodyKnowsFailsAsMaybeWritten() {
        kafka.onProduce = request -> ScriptedKafka.answer(request, 9_999);
        DeliveryException failure = cluster.failureOfOne(options());
        assertThat(failure.errorCode()).isNotEqualTo((short) 0);
        assertThat(failure.maybeWritten()).isTrue();
        assertThat(failure).hasMessageContaining("9999");
    }

    @Test
    void aLostReplyIsAnAttemptThatMayBeWritten() {
        kafka.onProduce = request -> {
            kafka.hangUp();
            return null;
        };
        DeliveryException failure = cluster.failureOfOne(options().maxRetries(0));
        assertThat(failure.maybeWritten()).isTrue();
        assertThat(failure.attempts()).isEqualTo(1);
    }

    @Test
    void aBrokerThatNoLongerTakesTheVersionIsAskedAnewWhichItTakes() {
        kafka.onProduce = once(request -> ScriptedKafka.answer(request, UNSUPPORTED_VERSION));
        Message<byte[], byte[]> message = cluster.produceOne(options());
        assertThat(message.failure()).isNull();
        assertThat(message.attempts()).isEqualTo(2);
        assertThat(kafka.connections()).as("one for metadata, two to produce").isEqualTo(3);
    }

    @Test
    void versionsAreAgreedOnAnewThoughNoRetryIsAllowed() {
        kafka.onProduce = once(request -> ScriptedKafka.answer(request, UNSUPPORTED_VERSION));
        Message<byte[], byte[]> message = cluster.produceOne(options().maxRetries(0));
        assertThat(message.failure()).isNull();
        assertThat(message.attempts()).isEqualTo(2);
    }

    @Test
    void aBrokerThatTakesNoVersionIsAskedTwice() {
        kafka.onProduce = request -> ScriptedKafka.answer(request, UNSUPPORTED_VERSION);
        DeliveryException failure = cluster.failureOfOne(options());
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure.attempts()).isEqualTo(2);
    }

    @Test
    void aBatchThatABrokerAlwaysFindsCorruptIsSentFourTimes() {
        kafka.onProduce = request -> ScriptedKafka.answer(request, CORRUPT_MESSAGE);
        DeliveryException failure = cluster.failureOfOne(options());
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure.attempts()).isEqualTo(4);
    }

    @Test
    void aPartitionThatIsLeftOutOfAReplyIsSentAgainAtOnce() {
        kafka.onProduce = once(request -> new ProduceResponseData());
        Message<byte[], byte[]> message = cluster.produceOne(
                options().retryBackoff(Duration.ofMinutes(1)).deliveryTimeout(Duration.ofMinutes(2)));
        assertThat(message.failure()).isNull();
        assertThat(message.attempts()).isEqualTo(2);
    }

    @Test
    void aLeaderAtASenselessAddressIsNotTakenOver() {
        kafka.produceVersion = 10; // from then on replies name leaders (KIP-951)
        kafka.onProduce = once(request -> {
            ProduceResponseData answer = ScriptedKafka.answer(request, NOT_LEADER_OR_FOLLOWER);
            answer.responses()
                    .find("topic", Uuid.ZERO_UUID)
                    .partitionResponses()
                    .get(0)
                    .setCurrentLeader(new ProduceResponseData.LeaderIdAndEpoch()
                            .setLeaderId(2)
                            .setLeaderEpoch(7));
            answer.nodeEndpoints()
                    .add(new ProduceResponseData.NodeEndpoint()
                            .setNodeId(2)
                            .setHost("127.0.0.1")
                            .setPort(70_000));
            return answer;
        });
        Message<byte[], byte[]> message = cluster.produceOne(options().deliveryTimeout(Duration.ofSeconds(5)));
        assertThat(message.failure()).isNull();
        assertThat(message.attempts()).isEqualTo(2);
    }

    @Test
    void aBrokerThatGivesNoProducerIdsIsNamedWithTheOptionToChange() {
        DeliveryException failure = cluster.failureOfOne(options().idempotent(true));
        assertThat(failure).hasMessageContaining("gave no producer id").hasMessageContaining("give idempotent = false");
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure.attempts()).isZero();
        assertThat(cluster.produceOne(options()).failure()).isNull();
    }

    private Function<ProduceRequestData, @Nullable ProduceResponseData> once(
            Function<ProduceRequestData, @Nullable ProduceResponseData> first) {
        return request -> {
            kafka.onProduce = ScriptedKafka::acknowledge;
            return first.apply(request);
        };
    }

    private static ProducerOptions.Builder options() {
        return ProducerOptions.builder()
                .linger(Duration.ZERO)
                .retryBackoff(Duration.ofMillis(20))
                .deliveryTimeout(Duration.ofSeconds(20));
    }
}
