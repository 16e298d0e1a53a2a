package dev.tubepost.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryListener;
import dev.tubepost.DeliveryReport;
import dev.tubepost.Draft;
import dev.tubepost.DraftSubscriber;
import dev.tubepost.FailedMessage;
import dev.tubepost.Message;
import dev.tubepost.MessageCancelledException;
import dev.tubepost.PartitioningException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerQueueFullException;
import dev.tubepost.ProducerStoppedException;
import dev.tubepost.StopResult;
import dev.tubepost.UndeliveredException;
import dev.tubepost.partition.HashingPartitioner;
import dev.tubepost.serialize.Serializers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class MockProducerTest {

    @Test
    void deliversAtOnceUnlessToldOtherwise() {
        MockProducer<String, String> producer =
                MockProducer.builder("orders", Serializers.utf8()).partitions(2).build();
        List<Message<String, String>> messages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            messages.add(producer.produce("value " + i, "key"));
        }
        assertThat(messages)
                .allMatch(Message::isDone)
                .extracting(Message::partition)
                .containsExactly(0, 1, 0, 1);
        assertThat(messages).extracting(Message::offset).containsExactly(0L, 0L, 1L, 1L);
        assertThat(messages.get(3).delivered()).isCompletedWithValue(messages.get(3));
        assertThat(producer.history())
                .extracting(MockMessage::value)
                .containsExactly("value 0", "value 1", "value 2", "value 3");
        producer.close();
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void completesAndFailsMessagesOneAfterTheOther() {
        MockProducer<String, String> producer = manual(10);
        Message<String, String> first = producer.produce("first");
        Message<String, String> second = producer.produce("second");
        assertThat(first.isDone()).isFalse();
        assertThat(first.await(Duration.ZERO)).isFalse();
        assertThat(first.offset()).isEqualTo(-1);
        assertThat(producer.completeNext()).isTrue();
        assertThat(first.await(Duration.ZERO)).isTrue();
        assertThat(first.offset()).isZero();
        assertThat(producer.errorNext(true)).isTrue();
        assertThat(second.failure()).isNotNull().satisfies(failure -> {
            assertThat(failure.maybeWritten()).isTrue();
            assertThat(failure.isRetriable()).isFalse(); // as in the library: it could be written twice
        });
        assertThat(second.delivered()).isCompletedExceptionally();
        assertThat(producer.completeNext()).isFalse();
        assertThatThrownBy(producer::close)
                .isInstanceOf(UndeliveredException.class)
                .hasMessageContaining("1 maybe written");
    }

    @Test
    void aFullProducerRefusesAndSaysWhenThereIsRoom() {
        MockProducer<String, String> producer = manual(1);
        producer.produce("fills");
        assertThat(producer.tryProduce("too much", null)).isNull();
        assertThatThrownBy(() -> producer.produce("too much")).isInstanceOf(ProducerQueueFullException.class);
        var writable = producer.whenWritable();
        assertThat(writable).isNotDone();
        producer.completeNext();
        assertThat(writable).isDone();
        assertThat(producer.tryProduce("fits", null)).isNotNull();
        assertThat(producer.history()).hasSize(2);
    }

    @Test
    void aSubscriberTakesAsMuchAsThereIsRoom() throws Exception {
        MockProducer<String, String> producer = manual(3);
        DraftSubscriber<String, String> subscriber = producer.subscriber();
        try (var publisher = new SubmissionPublisher<Draft<String, String>>(Runnable::run, 100)) {
            publisher.subscribe(subscriber);
            for (int i = 0; i < 10; i++) {
                publisher.submit(producer.draft("" + i));
            }
            assertThat(producer.pending()).isEqualTo(3);
            while (producer.completeNext()) {
                assertThat(producer.pending()).isLessThanOrEqualTo(3);
            }
        }
        assertThat(subscriber.produced()).isCompletedWithValue(10L);
        assertThat(producer.history())
                .extracting(MockMessage::value)
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void aSubscriberRefusesADraftOfAnotherProducer() {
        MockProducer<String, String> producer = manual(10);
        MockProducer<String, String> other = manual(10);
        DraftSubscriber<String, String> subscriber = producer.subscriber();
        try (var publisher = new SubmissionPublisher<Draft<String, String>>(Runnable::run, 100)) {
            publisher.subscribe(subscriber);
            publisher.submit(other.draft("not its own"));
            publisher.submit(producer.draft("its own"));
        }
        assertThat(subscriber.produced())
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(IllegalArgumentException.class)
                .withMessageContaining("another producer");
        assertThat(other.history()).isEmpty();
        assertThat(producer.history()).extracting(MockMessage::value).containsExactly("its own");
    }

    @Test
    void theReportsOfASubscriberGoToTheThreadThatAskedForIt() throws Exception {
        MockProducer<String, String> producer = MockProducer.builder("orders", Serializers.utf8())
                .deliveryReports(true)
                .build();
        DraftSubscriber<String, String> subscriber = producer.subscriber();
        List<DeliveryReport<String, String>> elsewhere = new ArrayList<>();
        Thread other = new Thread(() -> {
            try (var publisher = new SubmissionPublisher<Draft<String, String>>(Runnable::run, 100)) {
                publisher.subscribe(subscriber);
                publisher.submit(producer.draft("value"));
            }
            DeliveryReport<String, String> report = producer.deliveryReports().poll();
            if (report != null) {
                elsewhere.add(report);
            }
        });
        other.start();
        other.join();
        assertThat(subscriber.produced()).isCompletedWithValue(1L);
        assertThat(elsewhere).isEmpty();
        assertThat(producer.deliveryReports().poll())
                .isNotNull()
                .satisfies(report -> assertThat(report.message().value()).isEqualTo("value"));
    }

    @Test
    void keepsWhatADraftSays() {
        MockProducer<String, String> producer =
                MockProducer.builder("orders", Serializers.utf8()).partitions(3).build();
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        producer.draft("value")
                .key("key")
                .partition(2)
                .timestamp(time)
                .header("h", bytes("v"))
                .produce();
        MockMessage<String, String> message = producer.history().get(0);
        assertThat(message.partition()).isEqualTo(2);
        assertThat(message.timestamp()).isEqualTo(time);
        assertThat(message.headers()).singleElement().satisfies(header -> {
            assertThat(header.name()).isEqualTo("h");
            assertThat(header.value()).isEqualTo(bytes("v"));
        });
        assertThatThrownBy(() -> producer.draft("value").partition(3).produce())
                .isInstanceOf(PartitioningException.class);
        assertThatThrownBy(() -> producer.draft("value").partition(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void asksThePartitionerWithTheSerializedKey() {
        MockProducer<String, String> producer = MockProducer.builder("orders", Serializers.utf8())
                .partitions(7)
                .partitioner(new HashingPartitioner())
                .build();
        int first = producer.produce("one", "ada").partition();
        assertThat(producer.produce("two", "ada").partition()).isEqualTo(first);
    }

    @Test
    void takesTheTimeFromTheGivenClock() {
        Instant now = Instant.parse("2026-02-03T04:05:06Z");
        var producer = MockProducer.builder("orders", Serializers.utf8())
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .build();
        assertThat(producer.produce("value").timestamp()).isEqualTo(now);
    }

    @Test
    void aCancelledMessageFailsAndItsNeighboursDoNot() {
        MockProducer<String, String> producer = manual(10);
        Message<String, String> first = producer.produce("first");
        Message<String, String> second = producer.produce("second");
        assertThat(first.cancel()).isTrue();
        assertThat(first.cancel()).isFalse();
        producer.completeNext();
        assertThat(first.failure()).isInstanceOf(MessageCancelledException.class);
        assertThat(second.offset()).isZero();
        assertThat(second.cancel()).isFalse();
        producer.close();
        assertThat(producer.closed()).as("what was taken back is not missing").isTrue();
    }

    @Test
    void deliveryReportsAreThoseOfTheThread() throws Exception {
        MockProducer<String, String> producer = MockProducer.builder("orders", Serializers.utf8())
                .deliveryReports(true)
                .build();
        producer.produce("mine");
        Thread other = new Thread(() -> producer.produce("not mine"));
        other.start();
        other.join();
        assertThat(producer.deliveryReports().take().message().value()).isEqualTo("mine");
        assertThat(producer.deliveryReports().poll()).isNull();
        Producer<String, String> without = manual(1);
        assertThatThrownBy(without::deliveryReports).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theListenerHearsOfWhatWasPosted() {
        List<String> heard = new ArrayList<>();
        var listener = new DeliveryListener() {
            @Override
            public void onDelivered(DeliveredBatch batch) {
                heard.add("delivered " + batch.baseOffset());
            }

            @Override
            public void onFailure(FailedMessage message) {
                byte[] value = message.value();
                heard.add("failed " + (value == null ? "" : new String(value, StandardCharsets.UTF_8)));
            }
        };
        MockProducer<String, String> producer = MockProducer.builder("orders", Serializers.utf8())
                .autoComplete(false)
                .deliveryListener(listener)
                .build();
        producer.post("one", null);
        producer.post("two", null);
        producer.completeNext();
        producer.errorNext(false);
        assertThat(heard).containsExactly("delivered 0", "failed two");
    }

    @Test
    void aFlushDeliversWhatIsPendingAndAStopFailsIt() {
        MockProducer<String, String> producer = manual(10);
        Message<String, String> flushed = producer.produce("flushed");
        assertThat(producer.flushed()).isFalse();
        assertThat(producer.flush()).isTrue();
        assertThat(producer.flushed()).isTrue();
        assertThat(flushed.failure()).isNull();
        Message<String, String> cut = producer.produce("cut off");
        assertThat(producer.stop()).isEqualTo(new StopResult(1, 1, 0));
        DeliveryException failure = cut.failure();
        assertThat(failure).isNotNull();
        assertThatThrownBy(() -> producer.produce("late")).isInstanceOf(ProducerStoppedException.class);
        producer.start();
        producer.produce("again");
        assertThat(producer.pending()).isEqualTo(1);
    }

    @Test
    void clearForgetsTheHistoryAndNothingElse() {
        MockProducer<String, String> producer = manual(10);
        producer.produce("one");
        producer.clear();
        assertThat(producer.history()).isEmpty();
        assertThat(producer.pending()).isEqualTo(1);
        assertThat(producer.completeNext()).isTrue();
    }

    @Test
    void aSerializerThatThrowsLeavesNothingBehind() {
        MockProducer<String, String> producer = MockProducer.builder(
                        "orders", dev.tubepost.serialize.Serializer.<String, String>of(key -> bytes(key), value -> {
                            throw new IllegalStateException("cannot");
                        }))
                .build();
        assertThatThrownBy(() -> producer.produce("value")).hasMessage("cannot");
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void whatWasProducedByOneThreadIsCompletedByAnother() throws Exception {
        MockProducer<String, String> producer = manual(10);
        Message<String, String> message = producer.produce("value");
        Thread completes = new Thread(producer::completeNext);
        completes.start();
        assertThat(message.delivered().get(10, TimeUnit.SECONDS).offset()).isZero();
        completes.join();
    }

    private static MockProducer<String, String> manual(int capacity) {
        return MockProducer.builder("orders", Serializers.utf8())
                .autoComplete(false)
                .capacity(capacity)
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
