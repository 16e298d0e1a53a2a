package dev.tubepost.it.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.Draft;
import dev.tubepost.DraftSubscriber;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerSession;
import dev.tubepost.ProducerStoppedException;
import dev.tubepost.UndeliveredException;
import dev.tubepost.it.Clusters;
import dev.tubepost.it.Eventually;
import dev.tubepost.serialize.Serializer;
import dev.tubepost.serialize.Serializers;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A publisher is asked for no more than there is room for, and all that it gives arrives in its order. */
@EmbeddedKafkaTest(shared = true)
final class SubscriberIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int MESSAGES = 2_000;

    private final EmbeddedKafka kafka;

    SubscriberIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void everyDraftArrivesInOrderThroughAQueueThatIsFarTooSmall() {
        kafka.createTopic("flow", 1);
        ProducerOptions options = ProducerOptions.durable()
                .maxQueuedMessages(50)
                .linger(Duration.ZERO)
                .build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer = cluster.topic("flow").producer(options, Serializers.utf8())) {
            DraftSubscriber<String, String> subscriber = producer.subscriber();
            try (var publisher = new SubmissionPublisher<Draft<String, String>>()) {
                publisher.subscribe(subscriber);
                for (int i = 0; i < MESSAGES; i++) {
                    publisher.submit(producer.draft(Integer.toString(i))); // waits while nothing is requested
                }
            }
            assertThat(subscriber.produced()).succeedsWithin(LONG).isEqualTo((long) MESSAGES);
        } // closing sends all of them
        assertThat(kafka.readAll("flow"))
                .extracting(ReadMessage::valueText)
                .containsExactlyElementsOf(
                        IntStream.range(0, MESSAGES).mapToObj(Integer::toString).toList());
    }

    @Test
    void noMoreIsRequestedThanThereIsRoomFor() {
        ProducerOptions options = ProducerOptions.builder()
                .bufferMemory(1 << 16)
                .pendingTimeout(Duration.ofMillis(100))
                .build();
        try (Cluster cluster = Cluster.connect("localhost:1")) {
            Producer<byte[], byte[]> producer = cluster.topic("nowhere").producer(options);
            var source = new Source();
            DraftSubscriber<byte[], byte[]> subscriber = producer.subscriber();
            subscriber.onSubscribe(source);
            for (int i = 0; i < 1_000 && source.take(); i++) {
                subscriber.onNext(producer.draft(new byte[1_000]));
            }
            assertThat(source.requested.get()).isZero(); // nothing can leave, so nothing more is wanted
            assertThat(source.given).isBetween(1L, 256L);
            assertThat(source.cancelled).isFalse();
            assertThat(subscriber.produced()).isNotDone();
            assertThat(producer.stop().notWritten()).isPositive();
            assertStopped(subscriber, source);
            assertThatThrownBy(producer::close).isInstanceOf(UndeliveredException.class);
        }
    }

    @Test
    void aSecondSubscriptionIsCancelled() {
        kafka.createTopic("second", 1);
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<byte[], byte[]> producer = cluster.topic("second")
                        .producer(ProducerOptions.durable().build())) {
            var first = new Source();
            var second = new Source();
            Flow.Subscriber<Draft<byte[], byte[]>> subscriber = producer.subscriber();
            subscriber.onSubscribe(first);
            subscriber.onSubscribe(second);
            assertThat(second.cancelled).isTrue();
            assertThat(first.cancelled).isFalse();
            assertThat(first.take()).isTrue();
            subscriber.onNext(producer.draft(new byte[1]));
            subscriber.onComplete();
            assertThat(producer.flush(LONG)).isTrue();
        }
        assertThat(List.copyOf(kafka.readAll("second"))).hasSize(1);
    }

    @Test
    void aSerializerMayWaitForWhoGivesTheNextDraft() { // no lock of ours is held while code of the user runs
        kafka.createTopic("patient", 1);
        var next = new AtomicReference<Runnable>(() -> {});
        Serializer<String, String> serializer = Serializer.of(SubscriberIT::bytes, text -> {
            CompletableFuture.runAsync(next.getAndSet(() -> {}))
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            return bytes(text);
        });
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer = cluster.topic("patient")
                        .producer(ProducerOptions.durable().build(), serializer)) {
            Flow.Subscriber<Draft<String, String>> subscriber = producer.subscriber();
            subscriber.onSubscribe(new Source());
            next.set(() -> subscriber.onNext(producer.draft("second")));
            subscriber.onNext(producer.draft("first"));
            assertThat(producer.flush(LONG)).isTrue();
        }
        assertThat(kafka.readAll("patient")).extracting(ReadMessage::valueText).containsExactly("first", "second");
    }

    @Test
    void whatCannotBeProducedIsToldInTheEndAndTheOthersGoOn() {
        kafka.createTopic("picky-flow", 1);
        var poison = new IllegalStateException("cannot be serialized");
        Serializer<String, String> serializer = Serializer.of(SubscriberIT::bytes, text -> {
            if (text.equals("poison")) {
                throw poison;
            }
            return bytes(text);
        });
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer = cluster.topic("picky-flow")
                        .producer(ProducerOptions.durable().build(), serializer);
                Producer<String, String> other = cluster.topic("other-flow")
                        .producer(ProducerOptions.durable().build(), serializer)) {
            DraftSubscriber<String, String> subscriber = producer.subscriber();
            var source = new Source();
            subscriber.onSubscribe(source);
            subscriber.onNext(producer.draft("first"));
            subscriber.onNext(producer.draft("poison"));
            subscriber.onNext(other.draft("of another producer"));
            subscriber.onNext(producer.draft("last"));
            assertThat(subscriber.produced()).isNotDone();
            subscriber.onComplete();
            assertThat(subscriber.produced())
                    .failsWithin(LONG)
                    .withThrowableOfType(ExecutionException.class)
                    .withCause(poison);
            assertThat(source.cancelled).isFalse();
        }
        assertThat(kafka.readAll("picky-flow"))
                .extracting(ReadMessage::valueText)
                .containsExactly("first", "last");
    }

    @Test
    void theReportsOfASubscriptionGoToWhoMadeItWhicheverThreadProduces() {
        kafka.createTopic("reported-flow", 1);
        ProducerOptions options = ProducerOptions.durable()
                .maxQueuedMessages(5) // so that most find no room at first
                .linger(Duration.ZERO)
                .deliveryReports(true)
                .reportQueueLimit(20)
                .build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers());
                Producer<String, String> producer =
                        cluster.topic("reported-flow").producer(options, Serializers.utf8())) {
            DraftSubscriber<String, String> subscriber = producer.subscriber();
            Source source = new Source();
            subscriber.onSubscribe(source);
            CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 100; i++) {
                    subscriber.onNext(producer.draft(Integer.toString(i))); // whatever was requested
                }
                subscriber.onComplete();
            });
            for (int i = 0; i < 100; i++) {
                assertThat(producer.deliveryReports().poll(LONG)).isNotNull();
            }
            assertThat(publisher).succeedsWithin(LONG);
            assertThat(subscriber.produced()).succeedsWithin(LONG).isEqualTo(100L);
            assertThat(producer.deliveryReports().poll()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "close"})
    void aSessionThatEndsEndsWhatWaitsForRoomForItsReports(String how) {
        String topic = how + "-flow";
        kafka.createTopic(topic, 1);
        ProducerOptions options = ProducerOptions.durable()
                .deliveryReports(true)
                .reportQueueLimit(2)
                .build();
        try (Cluster cluster = Clusters.connect(kafka.bootstrapServers())) {
            ProducerSession session = cluster.session(options);
            Producer<byte[], byte[]> producer = session.producer(cluster.topic(topic));
            DraftSubscriber<byte[], byte[]> subscriber = producer.subscriber();
            var source = new Source();
            subscriber.onSubscribe(source);
            for (int i = 0; i < 3; i++) { // nobody fetches the reports of the first two
                subscriber.onNext(producer.draft(new byte[1]));
            }
            assertThat(producer.flush(LONG)).isTrue();
            assertThat(subscriber.produced()).isNotDone();
            if (how.equals("stop")) {
                session.stop(LONG);
            } else {
                session.close();
            }
            assertStopped(subscriber, source);
        }
        assertThat(List.copyOf(kafka.readAll(topic))).hasSize(2);
    }

    @Test
    void aCloseEndsWhatWaitsForMemory() {
        ProducerOptions options = ProducerOptions.builder()
                .bufferMemory(1 << 16)
                .pendingTimeout(Duration.ofMillis(100))
                .build();
        try (Cluster cluster = Cluster.connect("localhost:1")) {
            Producer<byte[], byte[]> producer = cluster.topic("nowhere").producer(options);
            var source = new Source();
            DraftSubscriber<byte[], byte[]> subscriber = producer.subscriber();
            subscriber.onSubscribe(source);
            for (int i = 0; i < 100; i++) { // whatever was requested
                subscriber.onNext(producer.draft(new byte[1_000]));
            }
            assertThat(subscriber.produced()).isNotDone();
            assertThatThrownBy(producer::close).isInstanceOf(UndeliveredException.class);
            assertStopped(subscriber, source);
        }
    }

    private static void assertStopped(DraftSubscriber<?, ?> subscriber, Source source) {
        assertThat(subscriber.produced())
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ProducerStoppedException.class);
        Eventually.holds("the subscription is cancelled", source.cancelled::get);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A subscription that counts. */
    private static final class Source implements Flow.Subscription {
        final AtomicLong requested = new AtomicLong();
        final AtomicBoolean cancelled = new AtomicBoolean();
        long given;

        /** Whether one more may be given. */
        boolean take() {
            if (requested.get() == 0) {
                return false;
            }
            requested.decrementAndGet();
            given++;
            return true;
        }

        @Override
        public void request(long more) {
            requested.addAndGet(more);
        }

        @Override
        public void cancel() {
            cancelled.set(true);
        }
    }
}
