package dev.tubepost.it.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.Compression;
import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryListener;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerSession;
import dev.tubepost.it.Eventually;
import dev.tubepost.serialize.Serializers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The broker takes its time: what comes meanwhile makes larger batches, and not more of them. */
final class SlowAnswerIT {

    private static final int MEANWHILE = 20;

    private final List<Integer> batches = new CopyOnWriteArrayList<>();

    @Test
    void whatComesWhileAnAnswerIsWaitedForGoesTogether() throws Exception {
        produceWhileTheFirstIsOnItsWay(Compression.none());
        assertThat(batches).containsExactly(1, MEANWHILE);
    }

    /** Compression takes its time as well, so batches are closed when they are due, and compressed meanwhile. */
    @Test
    void whatIsCompressedIsReadyWhenTheAnswerComes() throws Exception {
        produceWhileTheFirstIsOnItsWay(Compression.gzip());
        assertThat(batches.get(0)).isEqualTo(1);
        assertThat(batches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1 + MEANWHILE);
    }

    private void produceWhileTheFirstIsOnItsWay(Compression compression) throws Exception {
        ProducerOptions options = ProducerOptions.builder()
                .maxInFlightRequests(1)
                .linger(Duration.ofMillis(1))
                .compression(compression)
                .deliveryListener(new DeliveryListener() {
                    @Override
                    public void onDelivered(DeliveredBatch batch) {
                        batches.add(batch.messages());
                    }
                })
                .build();
        var answer = new CountDownLatch(1);
        try (ScriptedKafka kafka = ScriptedKafka.start();
                Cluster cluster = Cluster.connect(kafka.address())) {
            kafka.onProduce = request -> {
                await(answer);
                return ScriptedKafka.acknowledge(request);
            };
            ProducerSession session = cluster.session(options);
            var first =
                    session.producer(cluster.topic("one"), Serializers.bytes()).produce(new byte[100]);
            Eventually.holds("the first is on its way", () -> kafka.produced() == 1);
            Producer<byte[], byte[]> another = session.producer(cluster.topic("another"), Serializers.bytes());
            for (int i = 0; i < MEANWHILE; i++) {
                var unused = another.produce(new byte[100]);
                TimeUnit.MILLISECONDS.sleep(3); // longer than linger
            }
            answer.countDown();
            assertThat(session.flush(Duration.ofSeconds(20))).isTrue();
            assertThat(first.failure()).isNull();
            session.close();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test never let the broker answer");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
