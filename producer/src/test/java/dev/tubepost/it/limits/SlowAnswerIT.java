package dev.tubepost.it.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryListener;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerSession;
import dev.tubepost.it.Eventually;
import dev.tubepost.it.errors.ScriptedKafka;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The broker takes its time: what comes meanwhile makes larger batches, and not more of them. */
final class SlowAnswerIT {

    private static final int MEANWHILE = 20;

    /** Longer than linger. */
    private static final Duration A_WHILE = Duration.ofMillis(3);

    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<Integer> batches = new CopyOnWriteArrayList<>();

    @Test
    void whatComesWhileAnAnswerIsWaitedForGoesTogether() throws Exception {
        ProducerOptions options = ProducerOptions.builder()
                .maxInFlightRequests(1)
                .linger(Duration.ofMillis(1))
                .deliveryListener(new DeliveryListener() {
                    @Override
                    public void onDelivered(DeliveredBatch batch) {
                        batches.add(batch.messages());
                    }
                })
                .build();
        var answer = new CompletableFuture<Void>();
        try (ScriptedKafka kafka = ScriptedKafka.start();
                Cluster cluster = Cluster.connect(kafka.address());
                ProducerSession session = cluster.session(options)) {
            kafka.onProduce = request -> {
                answer.join();
                return ScriptedKafka.acknowledge(request);
            };
            var first = session.producer(cluster.topic("one")).produce(new byte[100]);
            Eventually.holds("the first is on its way", () -> kafka.produced() == 1);
            Producer<byte[], byte[]> another = session.producer(cluster.topic("another"));
            for (int i = 0; i < MEANWHILE; i++) {
                assertThat(another.produce(new byte[100]).await(A_WHILE)).isFalse();
            }
            answer.complete(null);
            assertThat(session.flush(LONG)).isTrue();
            assertThat(first.failure()).isNull();
            assertThat(batches).containsExactly(1, MEANWHILE);
        } finally {
            answer.complete(null);
        }
    }
}
