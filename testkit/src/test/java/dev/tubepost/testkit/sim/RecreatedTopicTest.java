package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.ModelTopic;
import dev.tubepost.testkit.broker.VersionProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A topic that was deleted and created again is another topic: what may be in the old one is not sent to the new one (F40). */
final class RecreatedTopicTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final QuietWorld world = new QuietWorld(1, 3);
    private final Producer<byte[], byte[]> producer =
            world.client.topic("topic").producer(ProducerOptions.durable().build());

    @Test
    void goesOnInTheNewTopic() {
        produce("before", 0);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        ModelTopic again = world.cluster.recreate(world.topic, 3);
        Message<byte[], byte[]> after = produce("after", 0);
        world.runFor(10 * SECOND);
        assertThat(after.failure()).isNull();
        assertThat(again.partitions().get(0).log())
                .singleElement()
                .satisfies(record -> assertThat(record.value()).isEqualTo("after"));
    }

    @Test
    void whatMayBeInTheOldTopicIsReportedAsThat() {
        produce("before", 0);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.cluster.brokers().get(0).muteAll();
        Message<byte[], byte[]> unknown = produce("unknown", 0);
        world.runFor(SECOND);
        ModelTopic again = world.cluster.recreate(world.topic, 3);
        world.cluster.brokers().get(0).cutAll();
        Message<byte[], byte[]> after = produce("after", 0);
        world.runFor(10 * SECOND);
        DeliveryException failure = Objects.requireNonNull(unknown.failure());
        assertThat(failure.maybeWritten()).isTrue();
        assertThat(failure).hasMessageContaining("deleted and created again");
        assertThat(after.failure()).isNull();
        assertThat(again.partitions().get(0).log())
                .singleElement()
                .satisfies(record -> assertThat(record.value()).isEqualTo("after"));
    }

    @Test
    void whatIsForAPartitionThatIsGoneFailsAndSaysSo() { // F37
        produce("before", 2);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.cluster.recreate(world.topic, 1);
        Message<byte[], byte[]> gone = produce("gone", 2);
        world.runFor(10 * SECOND);
        DeliveryException failure = Objects.requireNonNull(gone.failure());
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure).hasMessageContaining("has 1 partition");
    }

    @Test
    void aTopicThatIsBackAfterItWasRefusedIsUsedAgain() {
        produce("before", 0);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.cluster.delete(world.topic);
        Message<byte[], byte[]> refused = produce("refused", 0);
        world.runFor(30 * SECOND);
        assertThat(Objects.requireNonNull(refused.failure())).hasMessageContaining("UNKNOWN_TOPIC");
        world.cluster.addTopic("topic", 3, 0);
        Message<byte[], byte[]> after = produce("after", 0);
        world.runFor(10 * SECOND);
        assertThat(after.isDone()).isTrue();
        assertThat(after.failure()).isNull();
    }

    @Test
    void aTopicThatWasDeletedIsNotCreatedByWhoAsksForItsLeaders() { // F39
        world.cluster.createTopics();
        produce("before", 0);
        Message<byte[], byte[]> other = world.client
                .topic("new")
                .producer(ProducerOptions.durable().build())
                .produce(new byte[] {1});
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.runFor(SECOND);
        assertThat(other.failure()).isNull();
        assertThat(other.isDone()).isTrue();
        world.cluster.delete(world.topic);
        produce("refused", 0);
        world.client.topic("newer").producer(ProducerOptions.durable().build()).produce(new byte[] {1});
        world.runFor(20 * SECOND);
        assertThat(world.cluster.topics().stream().map(ModelTopic::name)).containsExactly("new", "newer");
    }

    @Test
    void withoutTopicIdsOlderEpochsAreBelievedWhenNobodySaysOtherwise() { // Kafka before 2.8
        var old = new QuietWorld(VersionProfile.KAFKA_2_1, 2, 1);
        Producer<byte[], byte[]> sender =
                old.client.topic("topic").producer(ProducerOptions.durable().build());
        old.cluster.move(old.topic.partitions().get(0), 1);
        produce(sender, "before", 0);
        assertThat(sender.flush(Duration.ofSeconds(5))).isTrue();
        ModelTopic again = old.cluster.recreate(old.topic, 1);
        Message<byte[], byte[]> meanwhile = produce(sender, "meanwhile", 0);
        old.runFor(5 * SECOND);
        assertThat(meanwhile.isDone()).isFalse();
        old.runFor(10 * SECOND);
        assertThat(meanwhile.isDone()).isTrue(); // the wrong broker's refusals do not say whether it is written
        Message<byte[], byte[]> after = produce(sender, "after", 0);
        old.runFor(SECOND);
        assertThat(after.isDone()).isTrue();
        assertThat(after.failure()).isNull();
        assertThat(again.partitions().get(0).log()).hasSize(1);
    }

    private Message<byte[], byte[]> produce(String value, int partition) {
        return produce(producer, value, partition);
    }

    private static Message<byte[], byte[]> produce(Producer<byte[], byte[]> producer, String value, int partition) {
        return producer.draft(value.getBytes(StandardCharsets.UTF_8))
                .partition(partition)
                .produce();
    }
}
