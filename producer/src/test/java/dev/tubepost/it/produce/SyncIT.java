package dev.tubepost.it.produce;

import static dev.tubepost.it.Interruption.interrupted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.DeliveryTimeoutException;
import dev.tubepost.Message;
import dev.tubepost.MessageRejectedException;
import dev.tubepost.MessageTooLargeException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerInterruptedException;
import dev.tubepost.ProducerOptions;
import dev.tubepost.it.Clusters;
import dev.tubepost.it.Eventually;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A synchronous produce returns when the message is acknowledged, and throws what went wrong. */
@EmbeddedKafkaTest(shared = true)
final class SyncIT {

    private final EmbeddedKafka kafka;

    SyncIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1})
    void returnsWithEveryKindOfAcknowledgement(int acks) {
        String topic = "acks" + acks;
        kafka.createTopic(topic, 1);
        ProducerOptions options = ProducerOptions.builder()
                .sync(true)
                .requiredAcks(acks)
                .linger(Duration.ofMillis(1))
                .build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer = cluster.topic(topic).producer(options, Serializers.utf8())) {
            for (int i = 0; i < 3; i++) {
                Message<String, String> message = producer.produce(Integer.toString(i));
                assertThat(message.isDone()).isTrue();
                assertThat(message.failure()).isNull();
                assertThat(message.offset()).isEqualTo(acks == 0 ? -1 : i); // without acks nobody can know
            }
        }
        Eventually.holds("all are there", () -> kafka.endOffsets(topic).get(0) == 3);
        assertThat(kafka.readAll(topic)).extracting(ReadMessage::valueText).containsExactly("0", "1", "2");
    }

    @Test
    void aMessageCanBeWaitedForLaterThough() throws Exception {
        kafka.createTopic("awaited", 1);
        ProducerOptions options =
                ProducerOptions.builder().linger(Duration.ofSeconds(60)).build();
        ExecutorService others = Executors.newSingleThreadExecutor();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer = cluster.topic("awaited").producer(options, Serializers.utf8());
                Producer<String, String> patient = cluster.topic("awaited").producer(options, Serializers.utf8())) {
            Message<String, String> message = producer.produce("value");
            assertThat(message.await(Duration.ZERO)).isFalse();
            assertThat(message.await(Duration.ofMillis(1))).isFalse();
            Future<Boolean> waiting = others.submit(() -> message.await(Duration.ofSeconds(30)));
            assertThat(producer.flush()).isTrue();
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(message.failure()).isNull();
            assertThat(message.await(Duration.ZERO)).isTrue();

            // A flush may hurry what comes just after it, so what is to wait goes another way.
            Message<String, String> cancelled = patient.produce("another");
            Future<Boolean> inVain = others.submit(() -> cancelled.await(Duration.ofSeconds(30)));
            assertThat(cancelled.cancel()).isTrue();
            assertThat(inVain.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(cancelled.failure()).isNotNull();

            Message<String, String> third = producer.produce("third");
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> third.await(Duration.ofSeconds(30)))
                    .isInstanceOf(ProducerInterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            others.shutdownNow();
        }
        assertThat(kafka.readAll("awaited")).extracting(ReadMessage::valueText).containsExactly("value", "third");
    }

    @Test
    void doesNotWaitForLingerOrForOthers() {
        kafka.createTopic("sync-at-once", 3);
        ProducerOptions options = ProducerOptions.builder()
                .sync(true)
                .linger(Duration.ofSeconds(60))
                .pendingTimeout(Duration.ofSeconds(50))
                .build();
        long begin = System.nanoTime();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer =
                        cluster.topic("sync-at-once").producer(options, Serializers.utf8())) {
            for (int i = 0; i < 30; i++) {
                assertThat(producer.produce("value " + i).offset()).isEqualTo(i / 3);
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void servesManyCallersAtOnceAndTellsEachOfItsOwnMessage() throws Exception {
        kafka.createTopic("callers", 2);
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer = cluster.topic("callers").producer(sync(), Serializers.utf8())) {
            List<Future<List<Message<String, String>>>> all = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                String name = "caller " + caller;
                all.add(callers.submit(() -> {
                    List<Message<String, String>> own = new ArrayList<>();
                    for (int i = 0; i < 100; i++) {
                        own.add(producer.produce(name + " message " + i));
                    }
                    return own;
                }));
            }
            Map<String, String> placeOf = new java.util.HashMap<>();
            for (Future<List<Message<String, String>>> own : all) {
                for (Message<String, String> message : own.get(60, TimeUnit.SECONDS)) {
                    placeOf.put(message.value(), message.partition() + "@" + message.offset());
                }
            }
            assertThat(kafka.readAll("callers"))
                    .hasSize(400)
                    .allSatisfy(read -> assertThat(placeOf)
                            .containsEntry(read.valueText(), read.partition() + "@" + read.offset()));
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void throwsWhatIsWrongWithTheMessage() {
        kafka.createTopic("ten-megabytes", 1);
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer =
                        cluster.topic("ten-megabytes").syncProducer()) {
            assertThatThrownBy(() -> producer.produce(new byte[10 << 20]))
                    .isInstanceOfSatisfying(MessageTooLargeException.class, e -> {
                        assertThat(e.size()).isGreaterThan(10 << 20);
                        assertThat(e.option()).isEqualTo("maxRequestSize");
                    });
            assertThat(producer.produce(new byte[10]).offset()).isZero();
        }
    }

    @Test
    void throwsWhatTheBrokerAnswersInTheCallersName() {
        kafka.createTopic("compacted", 1, 1, Map.of("cleanup.policy", "compact"));
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers())) {
            Producer<String, String> producer = cluster.topic("compacted").producer(sync(), Serializers.utf8());
            assertThat(producer.produce("first", "key").offset()).isZero();
            assertThatThrownBy(() -> producer.produce("without a key"))
                    .isInstanceOfSatisfying(MessageRejectedException.class, e -> {
                        assertThat(e.errorName()).isEqualTo("INVALID_RECORD");
                        assertThat(e.errorCode()).isEqualTo(87);
                        assertThat(e.topic()).isEqualTo("compacted");
                        assertThat(e.partition()).isZero();
                        assertThat(e.attempts()).isEqualTo(1);
                        assertThat(e.maybeWritten()).isFalse();
                        assertThat(e.broker()).contains(kafka.address(1));
                        assertThat(e.getStackTrace()).isNotEmpty();
                    });
            assertThat(producer.produce("second", "key").offset()).isEqualTo(1);
            assertThatThrownBy(producer::close).hasMessageContaining("1 message was not delivered");
        }
        assertThat(kafka.readAll("compacted"))
                .extracting(ReadMessage::valueText)
                .containsExactly("first", "second");
    }

    @Test
    void aCallThatTimesOutNeitherHangsNorDisturbsTheNext() {
        ClusterOptions passive = Clusters.options(kafka.bootstrapServers())
                .allowAutoTopicCreation(false)
                .build();
        ProducerOptions options = ProducerOptions.builder()
                .sync(true)
                .pendingTimeout(Duration.ofMillis(200))
                .build();
        try (Cluster cluster = Cluster.connect(passive)) {
            Producer<String, String> producer = cluster.topic("late").producer(options, Serializers.utf8());
            for (int i = 0; i < 3; i++) {
                String value = "late " + i;
                assertThatThrownBy(() -> producer.produce(value))
                        .isInstanceOf(DeliveryTimeoutException.class)
                        .hasMessageContaining("200 ms")
                        .hasMessageContaining("may be delivered");
            }
            kafka.createTopic("late", 1);
            Eventually.holds(
                    "the late ones have arrived", () -> kafka.endOffsets("late").get(0) == 3);
            for (int i = 3; i < 10; i++) {
                assertThat(producer.produce("own " + i).offset()).isEqualTo(i);
            }
            producer.close(); // they were delivered in the end
        }
        assertThat(kafka.readAll("late"))
                .extracting(ReadMessage::valueText)
                .startsWith("late 0", "late 1", "late 2", "own 3")
                .hasSize(10);
    }

    @Test
    void anInterruptedCallerIsToldAndKeepsItsFlag() throws Exception {
        ClusterOptions passive = Clusters.options(kafka.bootstrapServers())
                .allowAutoTopicCreation(false)
                .build();
        ProducerOptions options = ProducerOptions.builder()
                .sync(true)
                .pendingTimeout(Duration.ofSeconds(30))
                .build();
        try (Cluster cluster = Cluster.connect(passive);
                Producer<String, String> producer =
                        cluster.topic("interrupted").producer(options, Serializers.utf8())) {
            assertThat(interrupted(() -> producer.produce("on its way")))
                    .isInstanceOf(ProducerInterruptedException.class);
            kafka.createTopic("interrupted", 1);
            assertThat(producer.produce("next").offset()).isEqualTo(1);
        }
        assertThat(kafka.readAll("interrupted"))
                .extracting(ReadMessage::valueText)
                .containsExactly("on its way", "next");
    }

    @Test
    void tryProduceAndPostDoNotWait() throws Exception {
        ClusterOptions passive = Clusters.options(kafka.bootstrapServers())
                .allowAutoTopicCreation(false)
                .build();
        try (Cluster cluster = Cluster.connect(passive);
                Producer<String, String> producer = cluster.topic("unwaited").producer(sync(), Serializers.utf8())) {
            Message<String, String> tried = producer.tryProduce("tried", null);
            producer.post("posted", null);
            assertThat(tried).isNotNull();
            assertThat(tried.isDone()).isFalse(); // there is no such topic yet
            kafka.createTopic("unwaited", 1);
            assertThat(tried.delivered().get(20, TimeUnit.SECONDS).offset()).isZero();
            assertThat(producer.flush(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(kafka.readAll("unwaited")).extracting(ReadMessage::valueText).containsExactly("tried", "posted");
    }

    @Test
    void insideACallbackItIsRefusedBeforeAnythingIsQueued() throws Exception {
        kafka.createTopic("sync-in-a-callback", 1);
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer =
                        cluster.topic("sync-in-a-callback").producer(sync(), Serializers.utf8())) {
            Message<String, String> outer = Objects.requireNonNull(producer.tryProduce("outer", null));
            CompletableFuture<Message<String, String>> inner =
                    outer.delivered().thenApply(delivered -> producer.produce("inner"));
            assertThat(inner)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(IllegalStateException.class);
            producer.produce("next");
        }
        assertThat(kafka.readAll("sync-in-a-callback"))
                .extracting(ReadMessage::valueText)
                .containsExactly("outer", "next");
    }

    private static ProducerOptions sync() {
        return ProducerOptions.builder().sync(true).build();
    }
}
