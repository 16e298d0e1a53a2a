package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.ModelPartition;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A partition with much to send does not keep the others of its broker waiting: they take turns. */
final class FairTurnsTest {

    private static final long STEP = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int BATCH_BYTES = 1_024;
    private static final int MESSAGE = 900;
    private static final int REQUEST_BYTES = 1_400;
    private static final int MANY = 200;

    private final QuietWorld world = new QuietWorld(1, 3);

    /** A request holds one batch, and a batch one message. */
    private final Producer<byte[], byte[]> producer = world.client
            .topic("topic")
            .producer(ProducerOptions.lowLatency()
                    .maxInFlightRequests(1)
                    .batchBytes(BATCH_BYTES)
                    .maxRequestSize(REQUEST_BYTES)
                    .build());

    @Test
    void aBusyPartitionLetsTheOthersGoBetween() {
        for (int i = 0; i < MANY; i++) {
            produce(0);
        }
        while (written(0) < 10) {
            world.runFor(STEP);
        }
        produce(1);
        produce(2);
        int before = written(0);
        while (written(1) == 0 || written(2) == 0) {
            world.runFor(STEP);
        }
        assertThat(written(0) - before).isLessThan(4);
        assertThat(written(0)).isLessThan(MANY);
    }

    private int written(int partition) {
        ModelPartition of = world.topic.partitions().get(partition);
        return of.log().size();
    }

    private void produce(int partition) {
        producer.draft(new byte[MESSAGE]).partition(partition).produce();
    }
}
