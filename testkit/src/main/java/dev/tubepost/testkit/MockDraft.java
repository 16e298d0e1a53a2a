package dev.tubepost.testkit;

import dev.tubepost.Draft;
import dev.tubepost.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message of a {@link MockProducer} in the making. <em>Confined to whoever makes it.</em> */
final class MockDraft<K, V> implements Draft<K, V> {

    private final MockProducer<K, V> producer;
    private final @Nullable V value;
    private @Nullable K key;
    private @Nullable Instant timestamp;
    private int partition = -1;
    private final List<MockMessage.Header> headers = new ArrayList<>();

    MockDraft(MockProducer<K, V> producer, @Nullable V value) {
        this.producer = producer;
        this.value = value;
    }

    @Override
    public Draft<K, V> key(@Nullable K newKey) {
        key = newKey;
        return this;
    }

    @Override
    public Draft<K, V> timestamp(@Nullable Instant newTimestamp) {
        timestamp = newTimestamp;
        return this;
    }

    @Override
    public Draft<K, V> partition(int newPartition) {
        if (newPartition < 0) {
            throw new IllegalArgumentException("a partition is 0 or more: " + newPartition);
        }
        partition = newPartition;
        return this;
    }

    @Override
    public Draft<K, V> header(String name, byte @Nullable [] headerValue) {
        headers.add(new MockMessage.Header(name, headerValue == null ? null : headerValue.clone()));
        return this;
    }

    @Override
    public Message<K, V> produce() {
        return producer.produce(value, key, timestamp, partition, headers);
    }

    @Override
    public @Nullable Message<K, V> tryProduce() {
        return producer.tryProduce(value, key, timestamp, partition, headers);
    }

    /** @param reports where the report goes; null if there is to be none */
    @Nullable
    Message<K, V> tryProduce(@Nullable MockReports<K, V> reports) {
        return producer.take(value, key, timestamp, partition, headers, reports);
    }

    MockProducer<K, V> producer() {
        return producer;
    }
}
