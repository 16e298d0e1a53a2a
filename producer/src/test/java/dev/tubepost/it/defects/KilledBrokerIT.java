package dev.tubepost.it.defects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** D9: a broker that is killed, and is back some seconds later, ended the producer for good. */
final class KilledBrokerIT {

    private static final int CALLERS = 4;

    @Test
    void aBrokerThatIsKilledUnderLoadAndComesBackCostsTimeAndNoMessage() throws Exception {
        var messages = new ConcurrentLinkedQueue<Message<byte[], byte[]>>();
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().processes(true).start()) {
            kafka.createTopic("d9", 3);
            ProducerOptions options = ProducerOptions.durable().maxRetries(100).build();
            try (Cluster cluster = Cluster.connect(kafka.bootstrapServers());
                    Producer<byte[], byte[]> producer = cluster.topic("d9").producer(options)) {
                var stop = new AtomicBoolean();
                var begun = new CountDownLatch(CALLERS);
                List<Thread> callers = new ArrayList<>();
                for (int t = 0; t < CALLERS; t++) {
                    int caller = t;
                    var thread = new Thread(() -> load(producer, caller, messages, begun, stop), "caller-" + t);
                    callers.add(thread);
                    thread.start();
                }
                assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
                kafka.kill(1);
                long back = System.nanoTime() + 3_000_000_000L;
                while (System.nanoTime() - back < 0) { // the outage itself, in which the callers go on
                    java.util.concurrent.locks.LockSupport.parkNanos(100_000_000L);
                }
                kafka.startAgain(1);
                producer.produce("after".getBytes(StandardCharsets.UTF_8))
                        .delivered()
                        .get(60, TimeUnit.SECONDS);
                stop.set(true);
                for (Thread thread : callers) {
                    thread.join(60_000);
                    assertThat(thread.isAlive()).isFalse();
                }
                assertThat(producer.flush(Duration.ofMinutes(1))).isTrue();
            }
            assertThat(messages).hasSizeGreaterThan(1_000).allMatch(message -> message.failure() == null);
            Set<String> read = new HashSet<>();
            for (ReadMessage message : kafka.readAll("d9", Duration.ofMinutes(1))) {
                read.add(message.valueText());
            }
            assertThat(messages)
                    .as("every acknowledged message is in the log")
                    .allMatch(message -> read.contains(new String(message.value(), StandardCharsets.UTF_8)));
        }
    }

    private static void load(
            Producer<byte[], byte[]> producer,
            int caller,
            ConcurrentLinkedQueue<Message<byte[], byte[]>> messages,
            CountDownLatch begun,
            AtomicBoolean stop) {
        for (int i = 0; !stop.get(); i++) {
            messages.add(producer.produce((caller + "-" + i).getBytes(StandardCharsets.UTF_8)));
            if (i == 1_000) {
                begun.countDown();
            }
            if (i % 100 == 0) {
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000); // tens of thousands a second suffice
            }
        }
    }
}
