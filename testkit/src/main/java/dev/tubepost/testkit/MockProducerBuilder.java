package dev.tubepost.testkit;

import dev.tubepost.DeliveryListener;
import dev.tubepost.Partition;
import dev.tubepost.partition.Partitioner;
import dev.tubepost.serialize.Serializer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says how a {@link MockProducer} behaves. <em>Confined to whoever builds.</em>
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class MockProducerBuilder<K, V> {

    final String topic;
    final Serializer<? super K, ? super V> serializer;
    int partitions = 1;

    @Nullable
    Partitioner partitioner;

    boolean autoComplete = true;
    int capacity = Integer.MAX_VALUE;
    Clock clock = Clock.systemUTC();

    @Nullable
    DeliveryListener listener;

    boolean deliveryReports;

    MockProducerBuilder(String topic, Serializer<? super K, ? super V> serializer) {
        this.topic = topic;
        this.serializer = serializer;
    }

    /** How many partitions the topic has; 1 or more. Default: 1. */
    public MockProducerBuilder<K, V> partitions(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a topic has at least 1 partition: " + count);
        }
        partitions = count;
        return this;
    }

    /** Who chooses the partition. Default: each in turn. */
    public MockProducerBuilder<K, V> partitioner(Partitioner chooser) {
        partitioner = chooser;
        return this;
    }

    /** Whether each message is delivered at once, before {@code produce} returns; else the test completes it. Default: yes. */
    public MockProducerBuilder<K, V> autoComplete(boolean atOnce) {
        autoComplete = atOnce;
        return this;
    }

    /** How many messages may be without an outcome before the producer is full; 1 or more. Default: no bound. */
    public MockProducerBuilder<K, V> capacity(int messages) {
        if (messages < 1) {
            throw new IllegalArgumentException("the capacity is at least 1 message: " + messages);
        }
        capacity = messages;
        return this;
    }

    /** Where timestamps come from that nobody gave. Default: the system's clock. */
    public MockProducerBuilder<K, V> clock(Clock source) {
        clock = source;
        return this;
    }

    /** Who hears of every outcome, as {@code ProducerOptions.deliveryListener}. Default: nobody. */
    public MockProducerBuilder<K, V> deliveryListener(DeliveryListener told) {
        listener = told;
        return this;
    }

    /** Whether there are delivery reports. Default: no. */
    public MockProducerBuilder<K, V> deliveryReports(boolean on) {
        deliveryReports = on;
        return this;
    }

    public MockProducer<K, V> build() {
        return new MockProducer<>(this);
    }

    List<Partition> partitionList() {
        List<Partition> all = new ArrayList<>();
        for (int id = 0; id < partitions; id++) {
            all.add(new Partition(topic, id, 0, List.of(0), List.of(0)));
        }
        return List.copyOf(all);
    }
}
