package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Draft;
import dev.tubepost.Message;
import dev.tubepost.MessageRejectedException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.serialize.Serializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** An {@link Error} that code of the user throws, or for want of memory, is one message's, and those behind it go on (F76). */
final class UserErrorTest {

    private final QuietWorld world = new QuietWorld(1, 1);
    private int calls;

    private void failFirst() {
        if (calls++ == 0) {
            throw new InternalError("as a test wants it");
        }
    }

    @Test
    void inAPartitionerForAMessageOfABacklog() {
        Producer<byte[], byte[]> producer = world.client
                .topic("topic")
                .producer(ProducerOptions.durable()
                        .partitioner((partitions, key) -> {
                            failFirst();
                            return partitions.get(0);
                        })
                        .build());
        Message<byte[], byte[]> first = producer.produce(new byte[1]);
        Message<byte[], byte[]> second = producer.produce(new byte[1]);
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        assertThat(first.failure())
                .isInstanceOf(MessageRejectedException.class)
                .hasMessageContaining("a test wants it");
        assertThat(second.failure()).isNull();
        assertThat(second.isDone()).isTrue();
        assertThat(producer.produce(new byte[1]).partition())
                .as("it is in its queue at once")
                .isZero();
    }

    @Test
    void inASerializerForADraftOfASubscription() {
        Producer<String, String> producer = world.client
                .topic("topic")
                .producer(ProducerOptions.durable().build(), Serializer.of(this::serialize, this::serialize));
        List<Long> requests = new ArrayList<>();
        Flow.Subscriber<Draft<String, String>> subscriber = producer.subscriber();
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                requests.add(n);
            }

            @Override
            public void cancel() {}
        });
        long requested = requests.get(0);
        for (int i = 0; i < requested; i++) {
            subscriber.onNext(producer.draft("value"));
        }
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        assertThat(world.topic.partitions().get(0).log()).isNotEmpty();
        assertThat(requests).hasSizeGreaterThan(1);
    }

    private byte[] serialize(String text) {
        failFirst();
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
