package dev.tubepost.it.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.Topic;
import dev.tubepost.UndeliveredException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** A cluster whose one broker is a {@link ScriptedKafka}, with a client that is closed whatever it did not deliver. <em>Thread-safe.</em> */
final class ScriptedCluster implements AutoCloseable {

    static final byte[] VALUE = "value".getBytes(StandardCharsets.UTF_8);

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ScriptedKafka kafka;
    private final Cluster client;

    ScriptedCluster() {
        try {
            kafka = ScriptedKafka.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client = Cluster.connect(ClusterOptions.builder(kafka.address())
                .reconnectBackoff(Duration.ofMillis(20))
                .build());
    }

    ScriptedKafka kafka() {
        return kafka;
    }

    Cluster client() {
        return client;
    }

    Topic topic() {
        return client.topic("topic");
    }

    Producer<byte[], byte[]> producer(ProducerOptions.Builder options) {
        return topic().producer(options.build());
    }

    /** Returns when the partitions are known: no message waits for them any more. */
    void awaitPartitions() {
        assertThat(topic().partitions()).succeedsWithin(LONG);
    }

    /** A message of a new producer, which has its outcome. */
    Message<byte[], byte[]> produceOne(ProducerOptions.Builder options) {
        Producer<byte[], byte[]> producer = producer(options);
        Message<byte[], byte[]> message = producer.produce(VALUE);
        assertThat(producer.flush(LONG)).isTrue();
        return message;
    }

    /** Why the message of a new producer failed. */
    DeliveryException failureOfOne(ProducerOptions.Builder options) {
        return failureOf(produceOne(options));
    }

    /** Delivers a message: from now on the connection to the leader is up, and the classes are loaded. */
    static void warmUp(Producer<byte[], byte[]> producer) {
        Message<byte[], byte[]> first = producer.tryProduce(VALUE, null);
        CompletableFuture<?> delivered = Objects.requireNonNull(first).delivered();
        assertThat(delivered).succeedsWithin(LONG);
    }

    /** Why the message failed, as soon as it has. */
    static DeliveryException failureOf(Message<byte[], byte[]> message) {
        assertThat(message.delivered()).failsWithin(LONG);
        return Objects.requireNonNull(message.failure());
    }

    @Override
    public void close() throws IOException {
        try {
            client.close(Duration.ZERO);
        } catch (UndeliveredException e) {
            assertThat(e.getCause()).isInstanceOf(DeliveryException.class); // the failure that the test is about
        } finally {
            kafka.close();
        }
    }
}
