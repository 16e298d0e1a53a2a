package dev.tubepost.it.errors;

import static dev.tubepost.it.errors.ScriptedCluster.VALUE;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerQueueFullException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Messages of a partition without a leader lie in batches as others do: it is the bound of these that is named when there is no room. */
final class LeaderlessNoRoomIT {

    @AutoClose
    private final ScriptedCluster cluster = new ScriptedCluster();

    @Test
    void theBoundOfTheMemoryIsNamedWhereARecordWouldFitAndABatchDoesNot() {
        cluster.kafka().hasLeader = false;
        int share = 8 * 1024 + 500; // an eighth of the memory; 500 bytes are left when the buffers are full
        Producer<byte[], byte[]> producer = cluster.producer(
                ProducerOptions.builder().bufferMemory(8L * share).blockOnQueueFull(false));
        cluster.awaitPartitions();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        producer.produce(VALUE);
                    }
                })
                .isInstanceOf(ProducerQueueFullException.class)
                .hasMessageContaining("messages without a known leader hold")
                .hasMessageContaining("their share of bufferMemory is " + share)
                .hasMessageEndingWith("raise bufferMemory");
    }
}
