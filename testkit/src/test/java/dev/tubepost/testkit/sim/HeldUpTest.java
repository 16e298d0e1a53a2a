package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.ClusterOptions;
import dev.tubepost.Compression;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerQueueFullException;
import dev.tubepost.ProducerSession;
import dev.tubepost.internal.client.ClusterClient;
import dev.tubepost.testkit.broker.ModelBroker;
import dev.tubepost.testkit.broker.VersionProfile;
import dev.tubepost.testkit.net.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody waits for the end of a time who could go on at once: neither a message that lingers, nor a caller who needs its room. */
final class HeldUpTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Duration LINGER = Duration.ofMinutes(1);

    /** Of two brokers each has a share of 28,672 bytes; topics that are not known have 8,192. */
    private static final int MEMORY = 65_536;

    /** Takes a buffer of 16,384 bytes. */
    private static final int LARGE = 10_000;

    private final QuietWorld world = new QuietWorld(2, 2);
    private final List<Object> outcomes = new ArrayList<>();

    HeldUpTest() {
        lead(0, 0);
        lead(1, 1);
    }

    @AfterEach
    void endThreads() {
        world.env.dismissThreads();
    }

    @Test
    void aBatchThatIsFullIsSentThoughTheMessageThatFoundItFullIsRefused() {
        Producer<byte[], byte[]> producer =
                producer(options().batchBytes(LARGE + 100).blockOnQueueFull(false));
        Message<byte[], byte[]> first = tryProduce(producer, 0, LARGE);
        world.runFor(SECOND);
        assertThat(first.isDone()).isFalse();
        assertThat(producer.draft(new byte[LARGE]).partition(0).tryProduce()).isNull();
        world.runFor(SECOND);
        assertThat(first.isDone()).isTrue();
    }

    @Test
    void aMessageThatFillsItsBatchAloneDoesNotLinger() {
        Producer<byte[], byte[]> producer = producer(options().batchBytes(1));
        Message<byte[], byte[]> message = tryProduce(producer, 0, 100);
        world.runFor(SECOND);
        assertThat(message.isDone()).isTrue();
    }

    @Test
    void normallyAMessageLingers() {
        Producer<byte[], byte[]> producer = producer(options());
        Message<byte[], byte[]> message = tryProduce(producer, 0, 100);
        world.runFor(50 * SECOND);
        assertThat(message.isDone()).isFalse();
    }

    @Test
    void whoWaitsForMemoryThatWaitsForOtherBrokers() {
        Producer<byte[], byte[]> producer = producer(options());
        tryProduce(producer, 0, 40_000); // larger than the broker's share, and alone there
        world.env.callerThread("caller").post(() -> produce(producer, 1, 12_000));
        world.env.callerThread("another").post(() -> produce(producer, 1, 12_000));
        world.runFor(2 * SECOND);
        assertThat(outcomes).hasSize(2).allMatch(Message.class::isInstance);
    }

    @Test
    void whoWaitsForRoomThatAQueueTookWhichCameFromAnotherBroker() {
        Producer<byte[], byte[]> producer = producer(options());
        ModelBroker second = world.cluster.brokers().get(1);
        tryProduce(producer, 0, LARGE);
        second.pause();
        tryProduce(producer, 1, LARGE);
        world.env.callerThread("caller").post(() -> produce(producer, 1, LARGE));
        world.runFor(SECOND);
        lead(0, 1);
        var unused = world.client.update();
        world.runFor(SECOND);
        second.resume();
        world.runFor(5 * SECOND);
        assertThat(outcomes).hasSize(1).allMatch(Message.class::isInstance);
    }

    @Test
    void whatLingersWhenAMessageComesBackWithWhichEnoughWait() {
        Producer<byte[], byte[]> producer = producer(options().minQueuedMessages(2));
        ModelBroker first = world.cluster.brokers().get(0);
        lead(1, 0);
        var unused = world.client.update();
        world.runFor(SECOND);
        first.pause();
        tryProduce(producer, 0, 100);
        assertThat(producer.flush(Duration.ofMillis(100))).isFalse();
        Message<byte[], byte[]> lingers = tryProduce(producer, 1, 100);
        world.runFor(SECOND);
        assertThat(lingers.isDone()).isFalse();
        first.cutAll();
        first.resume();
        world.runFor(10 * SECOND);
        assertThat(lingers.isDone()).isTrue();
    }

    @Test
    void whoWaitsForReports() {
        Producer<byte[], byte[]> producer =
                producer(options().deliveryReports(true).reportQueueLimit(2).blockTimeout(Duration.ofMillis(1)));
        producer.deliveryReports().take();
        producer.deliveryReports().take();
        Message<byte[], byte[]> first = tryProduce(producer, 0, 100);
        tryProduce(producer, 0, 100);
        assertThatThrownBy(() -> producer.produce(new byte[1])).isInstanceOf(ProducerQueueFullException.class);
        world.runFor(SECOND);
        assertThat(first.isDone()).isTrue();
    }

    @Test
    void whoWaitsAmongThoseWhoseTopicIsNotKnownWhenHisIs() {
        ProducerSession session = world.client.session(options().build());
        Producer<byte[], byte[]> unknown = session.producer(world.client.topic("unknown"));
        for (int i = 0; i < 3; i++) {
            assertThat(unknown.tryProduce(new byte[2_500], null)).isNotNull();
        }
        assertThat(unknown.tryProduce(new byte[2_500], null)).isNull();
        Producer<byte[], byte[]> known = session.producer(world.client.topic("topic"));
        world.env.callerThread("caller").post(() -> {
            outcomes.add(known.produce(new byte[2_500]));
        });
        world.runFor(3 * SECOND);
        assertThat(outcomes).hasSize(1).allMatch(Message.class::isInstance);
    }

    @Test
    void whoAsksForTheClusterWhileItIsAway() {
        ClusterClient client = ClusterClient.connect(
                ClusterOptions.builder(world.cluster.bootstrapServers())
                        .metadataMaxAge(Duration.ofSeconds(20))
                        .build(),
                world.env);
        CompletableFuture<Void> first = client.update();
        world.runFor(SECOND);
        assertThat(first).isDone();
        world.runFor(15 * SECOND);
        world.cluster.brokers().forEach(ModelBroker::stop);
        CompletableFuture<Void> second = client.update();
        world.runFor(8 * SECOND);
        assertThat(second).isNotDone();
        world.cluster.brokers().forEach(ModelBroker::start);
        world.runFor(5 * SECOND);
        assertThat(second).isCompleted();
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 100_000_000}) // while it is looked for, and when it has to be told of
    void aMessageThatHasLingeredDoesNotWaitForTheAnswerToTheOneBefore(long later) {
        long delay = SECOND / 3;
        var slow = new QuietWorld(
                VersionProfile.KAFKA_4_4, 1, 1, new Weather(new SplittableRandom(1), delay, delay + 1, 100_000, 1));
        Producer<byte[], byte[]> producer =
                slow.client.topic("topic").producer(ProducerOptions.durable().build());
        tryProduce(producer, 0, 1);
        assertThat(producer.flush(Duration.ofSeconds(20))).isTrue();
        tryProduce(producer, 0, 1);
        slow.runFor(5_000_000 + later); // the linger, and so much more
        Message<byte[], byte[]> next = tryProduce(producer, 0, 1);
        slow.runFor(SECOND);
        assertThat(next.isDone()).isTrue();
    }

    /** It cannot be sent any more, and is not looked at over and over meanwhile. */
    @Test
    void aQueueThatIsToMoveWaitsInPeace() {
        Producer<byte[], byte[]> producer =
                producer(ProducerOptions.durable().linger(Duration.ofSeconds(3)).batchBytes(LARGE + 100));
        ModelBroker first = world.cluster.brokers().get(0);
        first.pause();
        tryProduce(producer, 0, LARGE);
        Message<byte[], byte[]> next = tryProduce(producer, 0, LARGE);
        world.runFor(SECOND);
        lead(0, 1);
        var unused = world.client.update();
        world.runFor(3 * SECOND);
        long before = world.env.passes();
        world.runFor(5 * SECOND);
        assertThat(world.env.passes() - before).isLessThan(100);
        first.resume();
        world.runFor(5 * SECOND);
        assertThat(next.isDone()).isTrue();
    }

    @Test
    void aMessageThatFillsItsBatchAloneIsCompressedAtOnce() {
        Producer<byte[], byte[]> producer = producer(options().batchBytes(1).compression(Compression.gzip()));
        Message<byte[], byte[]> message = tryProduce(producer, 0, 100);
        world.runFor(SECOND);
        assertThat(message.isDone()).isTrue();
    }

    private static ProducerOptions.Builder options() {
        return ProducerOptions.builder()
                .linger(LINGER)
                .bufferMemory(MEMORY)
                .blockTimeout(Duration.ofSeconds(20))
                .blockOnQueueFull(true);
    }

    private Producer<byte[], byte[]> producer(ProducerOptions.Builder options) {
        Producer<byte[], byte[]> producer = world.client.topic("topic").producer(options.build());
        for (int partition = 0; partition < 2; partition++) { // so that the topic is known, and the brokers connected
            tryProduce(producer, partition, 1);
        }
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        return producer;
    }

    private void lead(int partition, int broker) {
        world.cluster.move(world.topic.partitions().get(partition), broker);
    }

    private void produce(Producer<byte[], byte[]> producer, int partition, int bytes) {
        try {
            outcomes.add(producer.draft(new byte[bytes]).partition(partition).produce());
        } catch (ProducerQueueFullException e) {
            outcomes.add(e);
        }
    }

    private static Message<byte[], byte[]> tryProduce(Producer<byte[], byte[]> producer, int partition, int bytes) {
        return Objects.requireNonNull(
                producer.draft(new byte[bytes]).partition(partition).tryProduce(), "no room");
    }
}
