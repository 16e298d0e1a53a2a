package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.ClusterOptions;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.internal.client.ClusterClient;
import dev.tubepost.testkit.broker.ModelBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is thrown in the middle of a worker's work ends that part of it, and nothing twice (design promise 5). */
final class RecoveryTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int PARTITIONS = 4;

    private final QuietWorld world = new QuietWorld(1, PARTITIONS);
    private final ModelBroker broker = world.cluster.brokers().get(0);
    private final FaultyEnv env = new FaultyEnv(world.env);
    private final ClusterClient client = ClusterClient.connect(
            ClusterOptions.builder(world.cluster.bootstrapServers()).build(), env);
    private final Producer<byte[], byte[]> producer = producer(Duration.ZERO);

    @Test
    void eachOfSeveralRequestsIsEndedOnceWhenTheLossOfTheFirstThrows() {
        assertThat(produceToAll()).allMatch(message -> message.failure() == null);
        broker.muteAll(); // so that each request is on its way when the connection is lost
        List<Message<byte[], byte[]>> messages = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            messages.add(produce(i, "second"));
            world.runFor(SECOND / 50);
        }
        env.breakNextChance();
        broker.cutAll();
        world.runFor(10 * SECOND);
        assertThat(env.isBroken()).isTrue();
        assertThat(messages).allMatch(message -> message.isDone() && message.failure() == null);
        assertThat(world.env.faults()).hasSize(1);
        assertThat(world.cluster.violations()).isEmpty();
    }

    private Producer<byte[], byte[]> producer(Duration linger) {
        return client.topic("topic")
                .producer(ProducerOptions.durable()
                        .linger(linger)
                        .maxInFlightRequests(PARTITIONS)
                        .build());
    }

    private List<Message<byte[], byte[]>> produceToAll() {
        List<Message<byte[], byte[]>> messages = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            messages.add(produce(i, "first"));
        }
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        return messages;
    }

    private Message<byte[], byte[]> produce(int partition, String name) {
        String value = name + " to " + partition;
        return producer.draft(value.getBytes(StandardCharsets.UTF_8))
                .partition(partition)
                .produce();
    }
}
