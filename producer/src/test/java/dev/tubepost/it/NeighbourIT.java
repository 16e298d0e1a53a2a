package dev.tubepost.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.Message;
import dev.tubepost.Partition;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A broker that stands still costs its own partitions time, and no others (N3). */
final class NeighbourIT {

    private static final int MESSAGE_BYTES = 1_000;

    @Test
    void whatGoesToOneBrokerDoesNotWaitForAnother() throws Exception {
        try (EmbeddedKafka kafka =
                EmbeddedKafka.builder().brokers(2).processes(true).start()) {
            kafka.createTopic("neighbours", 2);
            ProducerOptions options = ProducerOptions.durable()
                    .bufferMemory(4_000_000)
                    .deliveryTimeout(Duration.ofMinutes(1))
                    .pendingTimeout(Duration.ofMinutes(1))
                    .build();
            try (Cluster cluster = Cluster.connect(kafka.bootstrapServers());
                    Producer<byte[], byte[]> producer =
                            cluster.topic("neighbours").producer(options)) {
                List<Partition> partitions =
                        cluster.topic("neighbours").partitions().get(20, TimeUnit.SECONDS);
                int standing = partitions.get(0).leader();
                assertThat(partitions.get(1).leader())
                        .as("the leaders are spread")
                        .isNotEqualTo(standing);
                producer.draft(new byte[10]).partition(0).produce().delivered().get(20, TimeUnit.SECONDS);
                kafka.pause(standing);
                List<Message<byte[], byte[]>> stuck = new ArrayList<>();
                try {
                    fill(producer, stuck);
                    for (int i = 0; i < 10_000; i++) { // 10 MB through a memory of 4 MB, of which half is stuck
                        producer.draft(new byte[MESSAGE_BYTES]).partition(1).produce();
                    }
                    Message<byte[], byte[]> last =
                            producer.draft(new byte[MESSAGE_BYTES]).partition(1).produce();
                    last.delivered().get(30, TimeUnit.SECONDS);
                    assertThat(stuck).noneMatch(Message::isDone);
                } finally {
                    kafka.resume(standing);
                }
                assertThat(producer.flush(Duration.ofMinutes(1))).isTrue();
                assertThat(stuck).allMatch(message -> message.failure() == null);
            }
        }
    }

    /** Until there is no room for that broker. */
    private static void fill(Producer<byte[], byte[]> producer, List<Message<byte[], byte[]>> stuck) {
        while (true) {
            Message<byte[], byte[]> message =
                    producer.draft(new byte[MESSAGE_BYTES]).partition(0).tryProduce();
            if (message == null) {
                return;
            }
            stuck.add(message);
        }
    }
}
