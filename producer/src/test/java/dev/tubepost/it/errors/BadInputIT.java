package dev.tubepost.it.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.AuthenticationFailedException;
import dev.tubepost.Cluster;
import dev.tubepost.DeliveryException;
import dev.tubepost.InvalidOptionsException;
import dev.tubepost.Message;
import dev.tubepost.MessageRejectedException;
import dev.tubepost.MessageTooLargeException;
import dev.tubepost.PartitioningException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.UndeliveredException;
import dev.tubepost.partition.Partitioner;
import dev.tubepost.serialize.Serializer;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be sent is refused with an error that says what to do; what can be sent beside it is sent. */
@EmbeddedKafkaTest(
        shared = true,
        config = {
            "auto.create.topics.enable=false",
            "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "allow.everyone.if.no.acl.found=true",
            "message.max.bytes=100000"
        })
final class BadInputIT {

    private static final byte[] VALUE = bytes("value");

    private Cluster cluster;

    @BeforeEach
    void connect(EmbeddedKafka kafka) {
        cluster = Cluster.connect(kafka.bootstrapServers());
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "with space", "slash/", "größe", "a,b"})
    void aTopicNameThatIsIllegal(String name) {
        assertThatThrownBy(() -> cluster.topic(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("1 to 249");
    }

    @Test
    void aTopicThatIsAbsentAndThatNobodyCreates() {
        Message<byte[], byte[]> message =
                failedMessage("absent", ProducerOptions.durable().build(), VALUE);
        assertThat(failure(message))
                .isInstanceOf(MessageRejectedException.class)
                .hasMessageContaining("absent")
                .hasMessageContaining("Create the topic")
                .hasMessageContaining("auto.create.topics.enable");
        assertThat(failure(message).maybeWritten()).isFalse();
        assertThat(failure(message).errorName()).isEqualTo("UNKNOWN_TOPIC_OR_PARTITION");
        assertThat(failure(message).isRetriable()).isFalse(); // somebody has to create it
    }

    @Test
    void aTopicThatThisClientMayNotWriteTo(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("forbidden", 1);
        var rule = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "forbidden", PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", AclOperation.WRITE, AclPermissionType.DENY));
        var read = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "forbidden", PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", AclOperation.DESCRIBE, AclPermissionType.ALLOW));
        kafka.admin().createAcls(List.of(rule, read)).all().get(20, TimeUnit.SECONDS);
        Message<byte[], byte[]> message =
                failedMessage("forbidden", ProducerOptions.durable().build(), VALUE);
        assertThat(failure(message).errorName()).isEqualTo("TOPIC_AUTHORIZATION_FAILED");
        assertThat(failure(message))
                .isInstanceOf(AuthenticationFailedException.class)
                .hasMessageContaining("forbidden")
                .hasMessageContaining("ACL with WRITE");
        assertThat(failure(message).maybeWritten()).isFalse();
        assertThat(failure(message).isRetriable()).isFalse();
    }

    @Test
    void aTopicThatThisClientMayNotEvenSee(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("hidden", 1);
        var rule = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "hidden", PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.DENY));
        kafka.admin().createAcls(List.of(rule)).all().get(20, TimeUnit.SECONDS);
        Message<byte[], byte[]> message =
                failedMessage("hidden", ProducerOptions.durable().build(), VALUE); // it waits for the partitions
        assertThat(failure(message))
                .isInstanceOf(AuthenticationFailedException.class)
                .hasMessageContaining(kafka.address(1))
                .hasMessageContaining("ACL with WRITE");
        assertThat(failure(message).errorName()).isEqualTo("TOPIC_AUTHORIZATION_FAILED");
        assertThat(failure(message).isRetriable()).isFalse();
    }

    @Test
    void aMessageThatIsLargerThanARequest(EmbeddedKafka kafka) {
        kafka.createTopic("small-requests", 1);
        ProducerOptions options =
                ProducerOptions.durable().maxRequestSize(2_000).build();
        try (Producer<byte[], byte[]> producer = cluster.topic("small-requests").producer(options)) {
            assertThatThrownBy(() -> producer.produce(new byte[2_000]))
                    .isInstanceOf(MessageTooLargeException.class)
                    .hasMessageContaining("maxRequestSize");
            producer.produce(VALUE);
        }
        assertThat(kafka.readAll("small-requests", Duration.ofSeconds(20))).hasSize(1);
    }

    @Test
    void aMessageThatIsLargerThanTheMemoryBound(EmbeddedKafka kafka) {
        kafka.createTopic("small-memory", 1);
        ProducerOptions options = ProducerOptions.durable()
                .bufferMemory(200_000)
                .batchBytes(10_000)
                .build();
        try (Producer<byte[], byte[]> producer = cluster.topic("small-memory").producer(options)) {
            assertThatThrownBy(() -> producer.produce(new byte[300_000]))
                    .isInstanceOf(MessageTooLargeException.class)
                    .hasMessageContaining("bufferMemory");
            producer.produce(VALUE);
        }
        assertThat(kafka.readAll("small-memory", Duration.ofSeconds(20))).hasSize(1);
    }

    @Test
    void aMessageThatIsLargerThanTheBrokerTakesFailsAlone(EmbeddedKafka kafka) {
        kafka.createTopic("small-broker", 1);
        Producer<byte[], byte[]> producer =
                cluster.topic("small-broker").producer(ProducerOptions.durable().build());
        Message<byte[], byte[]> large = producer.produce(new byte[150_000]);
        assertThat(producer.flush(Duration.ofSeconds(20))).isTrue();
        Message<byte[], byte[]> small = producer.produce(VALUE);
        assertThat(producer.flush(Duration.ofSeconds(20))).isTrue();
        assertThat(failure(large))
                .hasMessageContaining("small-broker-0")
                .hasMessageContaining("MESSAGE_TOO_LARGE (10)")
                .hasMessageContaining("max.message.bytes");
        assertThat(failure(large).maybeWritten()).isFalse();
        assertThat(small.failure()).isNull();
        assertThatThrownBy(producer::close).isInstanceOf(UndeliveredException.class);
        assertThat(kafka.readAll("small-broker", Duration.ofSeconds(20))).hasSize(1);
    }

    @Test
    void aPartitionerThatReturnsNonsense(EmbeddedKafka kafka) {
        kafka.createTopic("nonsense", 3);
        Partitioner nonsense = (partitions, key) -> new dev.tubepost.Partition("nonsense", 77, 1, List.of(), List.of());
        refusedByPartitioner(kafka, "nonsense", nonsense, "77");
    }

    @Test
    @SuppressWarnings("NullAway") // that is the nonsense
    void aPartitionerThatReturnsNull(EmbeddedKafka kafka) {
        kafka.createTopic("nothing", 3);
        refusedByPartitioner(kafka, "nothing", (partitions, key) -> null, "null");
    }

    @Test
    void aPartitionerThatThrows(EmbeddedKafka kafka) {
        kafka.createTopic("throwing", 3);
        Partitioner throwing = (partitions, key) -> {
            throw new IllegalStateException("out of ideas");
        };
        refusedByPartitioner(kafka, "throwing", throwing, "out of ideas");
    }

    private void refusedByPartitioner(EmbeddedKafka kafka, String topic, Partitioner partitioner, String text) {
        ProducerOptions options =
                ProducerOptions.durable().partitionerFactory(() -> partitioner).build();
        Producer<byte[], byte[]> producer = cluster.topic(topic).producer(options);
        Message<byte[], byte[]> early = producer.produce(VALUE); // before the partitions are known
        assertThat(producer.flush(Duration.ofSeconds(20))).isTrue();
        assertThat(failure(early))
                .isInstanceOf(MessageRejectedException.class)
                .hasCauseInstanceOf(PartitioningException.class)
                .hasMessageContaining("partitioner")
                .hasMessageContaining(text);
        assertThat(failure(early).maybeWritten()).isFalse();
        assertThat(failure(early).isRetriable()).isFalse(); // it would do so again
        assertThatThrownBy(() -> producer.produce(VALUE))
                .isInstanceOf(PartitioningException.class)
                .hasMessageContaining("partitioner")
                .hasMessageContaining(topic);
        producer.draft(VALUE).partition(2).produce(); // the others are not held up
        assertThatThrownBy(producer::close).isInstanceOf(UndeliveredException.class);
        assertThat(kafka.readAll(topic, Duration.ofSeconds(20))).hasSize(1);
    }

    @Test
    void anExplicitPartitionThatDoesNotExist(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("three", 3);
        Producer<byte[], byte[]> producer =
                cluster.topic("three").producer(ProducerOptions.durable().build());
        Message<byte[], byte[]> early = producer.draft(VALUE).partition(3).produce(); // nobody knows that yet
        producer.produce(VALUE).delivered().get(20, TimeUnit.SECONDS);
        assertThat(failure(early))
                .isInstanceOf(MessageRejectedException.class)
                .hasCauseInstanceOf(PartitioningException.class)
                .hasMessageContaining("three-3")
                .hasMessageContaining("3 partitions");
        assertThat(failure(early).isRetriable()).isFalse();
        assertThatThrownBy(() -> producer.draft(VALUE).partition(3).produce())
                .isInstanceOf(PartitioningException.class)
                .hasMessageContaining("3 partitions");
        assertThatThrownBy(() -> producer.draft(VALUE).partition(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(producer::close).isInstanceOf(UndeliveredException.class);
    }

    @Test
    void aSerializerThatThrows(EmbeddedKafka kafka) {
        kafka.createTopic("serialized", 1);
        var serializer = new Serializer<String, String>() {
            @Override
            public byte @Nullable [] serializeKey(@Nullable String key) {
                return null;
            }

            @Override
            public byte[] serializeValue(@Nullable String value) {
                if ("bad".equals(value)) {
                    throw new IllegalArgumentException("cannot serialize bad");
                }
                return bytes("" + value);
            }
        };
        try (Producer<String, String> producer =
                cluster.topic("serialized").producer(ProducerOptions.durable().build(), serializer)) {
            producer.produce("one");
            assertThatThrownBy(() -> producer.produce("bad")).hasMessage("cannot serialize bad");
            producer.produce("two");
        }
        assertThat(kafka.readAll("serialized", Duration.ofSeconds(20))).hasSize(2);
    }

    @Test
    void optionsThatContradictEachOtherAreToldAllAtOnce() {
        assertThatThrownBy(() -> ProducerOptions.builder()
                        .requiredAcks(7)
                        .maxQueuedMessages(0)
                        .linger(Duration.ofSeconds(10))
                        .deliveryTimeout(Duration.ofSeconds(5))
                        .build())
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("requiredAcks")
                .hasMessageContaining("maxQueuedMessages")
                .hasMessageContaining("deliveryTimeout")
                .hasMessageContaining("linger");
    }

    @Test
    void anUnknownPropertyGetsTheNearestKnownName() {
        assertThatThrownBy(() -> dev.tubepost.ClientConfig.from(
                        Map.of("bootstrap.servers", "localhost:9092", "linger.mss", "5")))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("linger.mss")
                .hasMessageContaining("linger.ms");
    }

    private Message<byte[], byte[]> failedMessage(String topic, ProducerOptions options, byte[] value) {
        Producer<byte[], byte[]> producer = cluster.topic(topic).producer(options);
        Message<byte[], byte[]> message = producer.produce(value);
        assertThat(producer.flush(Duration.ofSeconds(30))).isTrue();
        assertThatThrownBy(producer::close).isInstanceOf(UndeliveredException.class);
        return message;
    }

    private static DeliveryException failure(Message<byte[], byte[]> message) {
        return Objects.requireNonNull(message.failure(), "it did not fail");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
