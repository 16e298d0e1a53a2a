package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.ModelCluster;
import dev.tubepost.testkit.broker.ModelTopic;
import dev.tubepost.testkit.broker.VersionProfile;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What answers where the cluster was, and has another id, gets nothing, even if it has a topic of that name (F42, I18). */
final class AnotherClusterTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    @ParameterizedTest
    @EnumSource(VersionProfile.class)
    void isNeverProducedTo(VersionProfile profile) {
        var world = new QuietWorld(profile, 2, 2);
        Producer<byte[], byte[]> producer =
                world.client.topic("topic").producer(ProducerOptions.durable().build());
        produce(producer, 0);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.runFor(MINUTE); // nobody believes any more that the other broker is where it was said to be
        ModelCluster other = world.replace(profile, "other-cluster");
        ModelTopic same = other.addTopic("topic", 2, 0);
        Message<byte[], byte[]> known = produce(producer, 0);
        Message<byte[], byte[]> never = produce(producer, 1);
        world.runFor(30 * SECOND);
        Message<byte[], byte[]> elsewhere = world.client
                .topic("new")
                .producer(ProducerOptions.durable().build())
                .produce(new byte[] {1});
        other.addTopic("new", 1, 0);
        world.runFor(3 * MINUTE);
        assertThat(same.partitions())
                .allSatisfy(partition -> assertThat(partition.log()).isEmpty());
        assertNamesBoth(elsewhere);
        assertThat(known.failure()).isNotNull(); // its first attempt went into the connection that broke
        assertThat(Objects.requireNonNull(never.failure()).maybeWritten()).isFalse();
        assertThat(other.violations()).isEmpty();
        assertThat(other.topics())
                .allSatisfy(topic -> assertThat(topic.partitions())
                        .allSatisfy(partition -> assertThat(partition.log()).isEmpty()));
    }

    @ParameterizedTest
    @EnumSource(VersionProfile.class)
    void isLeftForTheClusterThatIsBack(VersionProfile profile) {
        var world = new QuietWorld(profile, 2, 2);
        Producer<byte[], byte[]> producer =
                world.client.topic("topic").producer(ProducerOptions.durable().build());
        produce(producer, 0);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        ModelCluster other = world.replace(profile, "other-cluster");
        other.addTopic("topic", 2, 0);
        Message<byte[], byte[]> message = produce(producer, 0);
        world.runFor(20 * SECOND);
        assertThat(message.isDone()).isFalse();
        world.cluster.exchangeAddresses(
                world.cluster.brokers().get(0), world.cluster.brokers().get(1));
        other.brokers().forEach(broker -> broker.stop());
        world.runFor(5 * SECOND);
        assertThat(message.failure()).isNull();
        assertThat(message.isDone()).isTrue();
    }

    private static void assertNamesBoth(Message<byte[], byte[]> message) {
        DeliveryException failure = Objects.requireNonNull(message.failure());
        assertThat(failure).hasMessageContaining("model-cluster").hasMessageContaining("other-cluster");
    }

    private static Message<byte[], byte[]> produce(Producer<byte[], byte[]> producer, int partition) {
        return producer.draft(new byte[] {1}).partition(partition).produce();
    }
}
