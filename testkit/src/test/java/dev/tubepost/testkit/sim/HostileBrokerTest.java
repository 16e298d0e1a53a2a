package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.Hostility;
import dev.tubepost.testkit.broker.ModelBroker;
import dev.tubepost.testkit.fault.HostileReply;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.BatchIndexAndErrorMessage;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.junit.jupiter.api.Test;

/** Each malformed or hostile reply of the catalogue, once, as the user sees it: F20 to F32. */
final class HostileBrokerTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int HOSTILE = 0;
    private static final int GOOD = 1;

    private final QuietWorld world = new QuietWorld(2, 2);
    private final Ambush ambush = new Ambush(Map.of());
    private final Producer<byte[], byte[]> once = producer(options().maxRetries(0));
    private final Producer<byte[], byte[]> stubborn = producer(options());
    private int messages;

    HostileBrokerTest() {
        world.cluster.hostility(ambush);
        assertThat(send(once, HOSTILE).failure()).isNull();
        assertThat(send(once, GOOD).failure()).isNull();
        assertThat(send(stubborn, HOSTILE).failure()).isNull();
    }

    @Test
    void anotherServerThanKafkaIsNamed() { // F20
        byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        world.cluster.hostility((broker, key, version, reply) -> key == ApiKeys.API_VERSIONS ? http : null);
        world.cluster.brokers().forEach(ModelBroker::cutAll);
        world.runFor(SECOND);
        assertThat(failureOf(send(stubborn, HOSTILE)))
                .hasMessageContaining("is an HTTP server")
                .hasMessageContaining("the address of a broker");
        world.cluster.hostility(Hostility.NONE);
        assertThat(send(stubborn, HOSTILE).failure()).isNull();
    }

    @Test
    void aFrameThatNeverComesToItsEndIsGivenUpAfterTheRequestTimeout() { // F21; the network watches the buffer's size
        for (int size : new int[] {15 << 20, 100 << 20}) {
            ambush.lay(
                    ApiKeys.PRODUCE,
                    HOSTILE,
                    reply -> HostileReply.dripping(reply, size).bytes());
            maybeWritten(send(once, HOSTILE));
        }
    }

    @Test
    void aBillionTaggedFieldsAreRefused() { // F22
        ambush.lay(ApiKeys.PRODUCE, HOSTILE, reply -> {
            byte[] longer = Arrays.copyOf(reply, reply.length + 4);
            ByteBuffer.wrap(longer)
                    .putInt(0, longer.length - 4)
                    .position(reply.length - 1)
                    .put(new byte[] {-128, -108, -21, -36, 3});
            return longer;
        });
        DeliveryException failure = maybeWritten(send(once, HOSTILE));
        assertThat(failure).hasMessageContaining("tagged fields").hasMessageContaining("1000000000");
    }

    @Test
    void aReplyIsNeverTakenForThatOfAnotherRequest() { // F23
        for (int off : new int[] {-1, 1, 1_000}) {
            ambush.lay(ApiKeys.PRODUCE, HOSTILE, reply -> {
                ByteBuffer.wrap(reply).putInt(4, ByteBuffer.wrap(reply).getInt(4) + off);
                return reply;
            });
            assertThat(maybeWritten(send(once, HOSTILE))).hasMessageContaining("correlation id");
        }
        ambush.lay(ApiKeys.PRODUCE, HOSTILE, reply -> joined(reply, reply));
        assertThat(send(once, HOSTILE).failure()).isNull();
        assertThat(send(stubborn, HOSTILE).failure()).isNull();
    }

    @Test
    void anAnswerThatNobodyAskedForEndsTheConnection() { // F24
        Producer<byte[], byte[]> silent = producer(options().requiredAcks(0));
        assertThat(send(silent, HOSTILE).failure()).isNull();
        int connections = world.network.total();
        world.cluster.hostility(new Hostility() {
            @Override
            public byte[] instead(ModelBroker broker, ApiKeys key, short version, byte[] reply) {
                return reply;
            }

            @Override
            public boolean answersUnasked() {
                return true;
            }
        });
        send(silent, HOSTILE);
        world.runFor(SECOND);
        world.cluster.hostility(Hostility.NONE);
        assertThat(send(silent, HOSTILE).failure()).isNull();
        assertThat(world.network.total()).isGreaterThan(connections);
    }

    @Test
    void aPartitionThatIsLeftOutIsSentAgainAtOnce() { // F25
        editProduce(answer -> answer.responses().clear());
        long before = world.env.nanos();
        assertThat(send(stubborn, HOSTILE).attempts()).isEqualTo(2);
        assertThat(world.env.nanos() - before).isLessThan(SECOND);
        editProduce(answer -> answer.responses().clear());
        maybeWritten(send(once, HOSTILE));
    }

    @Test
    void theFirstAnswerForAPartitionCountsAndStrangersAreIgnored() { // F26
        editProduce(answer -> {
            List<PartitionProduceResponse> partitions =
                    answer.responses().iterator().next().partitionResponses();
            partitions.add(partitions.get(0).duplicate().setErrorCode(Errors.TOPIC_AUTHORIZATION_FAILED.code()));
            partitions.add(partitions.get(0).duplicate().setIndex(77).setErrorCode((short) 1));
            partitions.add(0, partitions.get(0).duplicate().setIndex(-1).setErrorCode((short) 1));
        });
        assertThat(send(once, HOSTILE).failure()).isNull();
    }

    @Test
    void anOffsetThatCannotBeIsMinusOne() { // F27
        for (long odd : new long[] {-2, Long.MIN_VALUE}) {
            editProduce(answer -> first(answer).setBaseOffset(odd));
            Message<byte[], byte[]> message = send(once, HOSTILE);
            assertThat(message.failure()).isNull();
            assertThat(message.offset()).isEqualTo(-1);
        }
        editProduce(answer -> first(answer).setBaseOffset(Long.MAX_VALUE));
        assertThat(send(once, HOSTILE).failure()).isNull();
        editProduce(answer -> first(answer).setBaseOffset(0)); // backwards
        assertThat(send(once, HOSTILE).failure()).isNull();
    }

    @Test
    void aRecordThatIsNotInTheBatchIsNotBlamed() { // F28
        editProduce(answer -> {
            first(answer).setErrorCode(Errors.INVALID_RECORD.code()).setBaseOffset(-1);
            for (int index : new int[] {-1, 9_999, Integer.MAX_VALUE, Integer.MIN_VALUE, 9_999}) {
                first(answer).recordErrors().add(new BatchIndexAndErrorMessage().setBatchIndex(index));
            }
        });
        assertThat(failureOf(send(once, HOSTILE)).errorCode()).isEqualTo(Errors.INVALID_RECORD.code());
        assertThat(send(once, HOSTILE).failure()).isNull();
    }

    @Test
    void whatIsUnknownOrTooMuchIsSkipped() { // F29
        editProduce(answer -> {
            answer.unknownTaggedFields().add(new RawTaggedField(1_000, new byte[300]));
            first(answer).unknownTaggedFields().add(new RawTaggedField(1 << 20, new byte[0]));
        });
        assertThat(send(once, HOSTILE).failure()).isNull();
        ambush.lay(ApiKeys.PRODUCE, HOSTILE, reply -> {
            byte[] longer = Arrays.copyOf(reply, reply.length + 50);
            ByteBuffer.wrap(longer).putInt(0, longer.length - 4);
            return longer;
        });
        assertThat(send(once, HOSTILE).failure()).isNull();
    }

    @Test
    void nonsenseInsteadOfVersionsIsToldAndGotOver() { // F30
        List<Consumer<ApiVersionsResponseData>> odd = List.of(
                answer -> answer.apiKeys().clear(),
                answer -> answer.apiKeys().forEach(each -> each.setMinVersion((short) (each.maxVersion() + 1))),
                answer -> answer.apiKeys().removeIf(each -> each.apiKey() == ApiKeys.PRODUCE.id),
                answer -> answer.apiKeys()
                        .forEach(each -> each.setMinVersion((short) 500).setMaxVersion((short) 900)),
                answer -> answer.setErrorCode(Errors.UNKNOWN_SERVER_ERROR.code()));
        for (Consumer<ApiVersionsResponseData> each : odd) {
            world.cluster.brokers().get(HOSTILE).cutAll();
            edit(ApiKeys.API_VERSIONS, HOSTILE, answer -> each.accept((ApiVersionsResponseData) answer));
            assertThat(send(stubborn, HOSTILE).failure()).isNull();
            assertThat(ambush.struckVersion()).isEqualTo(5);
        }
    }

    @Test
    void addressesThatCannotBeLeaveTheOthers() { // F31
        world.cluster.addTopic("another", 2, 0);
        edit(ApiKeys.METADATA, Ambush.ANY, message -> {
            var answer = (MetadataResponseData) message;
            answer.setControllerId(-1);
            answer.brokers().add(node(-5, "minus-five", 9092));
            answer.brokers().add(node(77, "", 9092));
            answer.brokers().add(node(78, "-1", 9092));
            answer.brokers().add(node(79, "no-port", 0));
            answer.brokers().add(node(80, "no-port", 70_000));
            answer.brokers().add(node(81, "a\u202eb\n\u001b[31m", 9092));
        });
        try (var another = world.client.topic("another").producer(options().build())) {
            assertThat(send(another, HOSTILE).failure()).isNull();
            assertThat(send(another, GOOD).failure()).isNull();
        }
        assertThat(ambush.struckVersion()).isPositive();
    }

    @Test
    void aTextOfTheBrokerIsCutAndCannotForgeALine() { // F32
        editProduce(answer -> first(answer)
                .setErrorCode(Errors.TOPIC_AUTHORIZATION_FAILED.code())
                .setBaseOffset(-1)
                .setErrorMessage("no\r\nINFO all is well\u001b[2J\u202e\u009b\u2028" + "x".repeat(30_000)));
        String told = String.valueOf(failureOf(send(once, HOSTILE)).getMessage());
        assertThat(told).contains("no??INFO all is well?[2J???xxx").hasSizeLessThan(1_000);
        assertThat(told.chars().filter(Character::isISOControl).count()).isZero();
    }

    // ---- how ----

    private void editProduce(Consumer<ProduceResponseData> edit) {
        edit(ApiKeys.PRODUCE, HOSTILE, message -> edit.accept((ProduceResponseData) message));
    }

    private void edit(ApiKeys key, int broker, Consumer<ApiMessage> edit) {
        ambush.edit(key, broker, edit);
    }

    private static PartitionProduceResponse first(ProduceResponseData answer) {
        return answer.responses().iterator().next().partitionResponses().get(0);
    }

    private static MetadataResponseData.MetadataResponseBroker node(int id, String host, int port) {
        return new MetadataResponseData.MetadataResponseBroker()
                .setNodeId(id)
                .setHost(host)
                .setPort(port);
    }

    private DeliveryException maybeWritten(Message<byte[], byte[]> message) {
        DeliveryException failure = failureOf(message);
        assertThat(failure.maybeWritten()).isTrue();
        assertThat(send(once, GOOD).failure()).as("another broker").isNull();
        assertThat(send(once, HOSTILE).failure()).as("when it is over").isNull();
        assertThat(world.network.violations()).isEmpty();
        return failure;
    }

    private static DeliveryException failureOf(Message<byte[], byte[]> message) {
        return Objects.requireNonNull(message.failure(), "it did not fail");
    }

    private Message<byte[], byte[]> send(Producer<byte[], byte[]> by, int partition) {
        byte[] value = ("m" + ++messages).getBytes(StandardCharsets.US_ASCII);
        Message<byte[], byte[]> message = by.draft(value).partition(partition).produce();
        for (int i = 0; i < 600 && !message.isDone(); i++) {
            world.runFor(SECOND / 10);
        }
        assertThat(message.isDone()).isTrue();
        assertThat(world.cluster.violations()).isEmpty();
        return message;
    }

    private Producer<byte[], byte[]> producer(ProducerOptions.Builder options) {
        return world.client.topic("topic").producer(options.build());
    }

    private static ProducerOptions.Builder options() {
        return ProducerOptions.builder().linger(Duration.ZERO).deliveryTimeout(Duration.ofSeconds(50));
    }

    private static byte[] joined(byte[] one, byte[] other) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }
}
