package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.Transition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What model brokers tell of the producer's state is what happened, and nothing else. */
final class TransitionTest {

    private final QuietWorld world = new QuietWorld(2, 1);
    private final Producer<byte[], byte[]> producer = world.client
            .topic("topic")
            .producer(ProducerOptions.durable()
                    .batchBytes(2_000)
                    .linger(Duration.ZERO)
                    .build());

    private void produce(int messages) {
        for (int i = 0; i < messages; i++) {
            String value = i + "-" + world.env.events().now() + "|" + "x".repeat(50);
            producer.produce(value.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(producer.flush(Duration.ofSeconds(60))).isTrue();
    }

    private Set<Transition> seen() {
        return world.casualties.transitions().keySet();
    }

    @Test
    void seesNothingOfASingleBatch() {
        produce(1);
        assertThat(seen()).isEmpty();
    }

    @Test
    void seesThatBatchesDoNotWaitForEachOther() {
        produce(1);
        produce(500);
        assertThat(seen()).containsExactly(Transition.WINDOW_OPENED);
    }

    @Test
    void seesThatABatchWasSplit() {
        produce(1);
        world.cluster.limitMessages("topic", 600);
        produce(100);
        assertThat(seen())
                .contains(Transition.SPLIT, Transition.SEQUENCE_MENDED) // others were in flight behind the whole
                .doesNotContain(Transition.LEADER_FOLLOWED, Transition.ID_CHANGED);
    }

    @Test
    void seesThatALeaderWasFollowed() {
        produce(1);
        world.cluster.move(world.topic.partitions().get(0), 1);
        produce(1); // the reply names the leader, and nobody asks for it (KIP-951)
        assertThat(seen()).doesNotContain(Transition.LEADER_LEARNT);
        var unused = world.client.update();
        world.runFor(1_000_000_000);
        assertThat(seen())
                .containsExactlyInAnyOrder(
                        Transition.LEADER_FOLLOWED, Transition.REFUSED_THEN_TAKEN, Transition.LEADER_LEARNT);
    }
}
