package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** While one topic is not to be had, others do not wait for the next time that it is asked for. */
final class TopicsWaitAloneTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LITTLE = SECOND / 2;

    private final QuietWorld world = new QuietWorld(2, 1);
    private final Map<String, Producer<byte[], byte[]>> producers = new HashMap<>();

    @Test
    void aNewTopicDoesNotWaitForOneThatNobodyKnows() {
        produce("unknown");
        world.runFor(4 * SECOND); // it is asked for once in a second by now
        for (int i = 0; i < 5; i++) {
            world.cluster.addTopic("new" + i, 1, 0);
            Message<byte[], byte[]> message = produce("new" + i);
            assertThat(nanosUntilDone(message)).isLessThan(LITTLE);
            world.runFor(SECOND / 7);
        }
    }

    @Test
    void aLeaderThatHasMovedDoesNotWaitForATopicThatNobodyKnows() {
        produce("topic");
        produce("unknown");
        world.runFor(4 * SECOND);
        for (int i = 0; i < 5; i++) {
            int leader = world.topic.partitions().get(0).leader();
            world.cluster.brokers().get(leader).stop();
            world.cluster.move(world.topic.partitions().get(0), 1 - leader);
            Message<byte[], byte[]> message = produce("topic");
            assertThat(nanosUntilDone(message)).isLessThan(LITTLE);
            assertThat(message.failure()).isNull();
            world.cluster.brokers().get(leader).start();
            world.runFor(SECOND / 7);
        }
    }

    private long nanosUntilDone(Message<byte[], byte[]> message) {
        long begin = world.env.nanos();
        while (!message.isDone()) {
            world.runFor(SECOND / 1_000);
        }
        return world.env.nanos() - begin;
    }

    private Message<byte[], byte[]> produce(String topic) {
        return producers
                .computeIfAbsent(
                        topic,
                        name -> world.client
                                .topic(name)
                                .producer(ProducerOptions.lowLatency().build()))
                .produce(new byte[] {1});
    }
}
